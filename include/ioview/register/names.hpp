// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// Names of enumerators and types, from what the compiler prints of a template's arguments.
//
//   io::try_name(Mode::fast)                       // Result<Text>: "fast"
//   io::try_name(static_cast<Mode>(7))             // invalid_argument: the enumeration lacks it
//   io::type_name<Control>()                       // "Control"

#include <ioview/error.hpp>
#include <ioview/support/declared.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview {

// Characters that somebody else owns, for as long as the program runs; not terminated by a zero.
// Converts to std::string_view and its like.
struct Text {
    const char* data = "";
    std::size_t size = 0;

    constexpr Text() noexcept = default;
    constexpr Text(const char* first, std::size_t count) noexcept : data(first), size(count) {}
    constexpr Text(const char* zero_terminated) noexcept : data(zero_terminated) {
        while (data[size] != '\0')
            ++size;
    }

    template <class View>
        requires(std::constructible_from<View, const char*, std::size_t> &&
                 !std::same_as<View, Text>)
    constexpr operator View() const noexcept {
        return View(data, size);
    }

    friend constexpr bool operator==(Text a, Text b) noexcept {
        if (a.size != b.size)
            return false;
        for (std::size_t i = 0; i != a.size; ++i)
            if (a.data[i] != b.data[i])
                return false;
        return true;
    }
};

// The values among which try_name() looks for enumerators of E, both included. Specialise for an
// enumeration with enumerators outside: they are reported as lacking otherwise.
//
//   template <> inline constexpr io::EnumRange io::enum_range<Opcode> = {0, 0x3ff};
struct EnumRange {
    long long first = 0;
    long long last = 127;
};
template <class E>
inline constexpr EnumRange enum_range = {0,
                                         std::is_same_v<std::underlying_type_t<E>, bool> ? 1 : 127};

namespace detail {

// The last component of a qualified name.
constexpr Text unqualified(Text text) noexcept {
    std::size_t start = 0;
    std::size_t depth = 0;
    for (std::size_t i = 0; i != text.size; ++i) {
        const char c = text.data[i];
        if (c == '<' || c == '(' || c == '{')
            ++depth;
        else if (c == '>' || c == ')' || c == '}')
            --depth;
        else if (c == ':' && depth == 0)
            start = i + 1;
    }
    return {text.data + start, text.size - start};
}

// The enumerators as the compiler lists them in the name of this function, which ends with
// "Names = {a, b, c}]" on g++ and "Names = <a, b, c>]" on clang.
template <class E, E... Names>
constexpr Text enumerator_list() noexcept {
    constexpr Text whole = __PRETTY_FUNCTION__;
    std::size_t first = whole.size;
    while (whole.data[first - 1] != ' ' || whole.data[first - 2] != '=')
        --first;
    return {whole.data + first + 1, whole.size - first - 3};
}

template <class E, std::size_t... Index>
constexpr Text enumerators(Integers<std::size_t, Index...>) noexcept {
    return enumerator_list<E,
                           static_cast<E>(enum_range<E>.first +
                                          static_cast<long long>(Index))...>();
}

// Entry number wanted of a list that is separated by ", " outside brackets.
constexpr Text list_entry(Text list, std::size_t wanted) noexcept {
    std::size_t start = 0;
    std::size_t depth = 0;
    for (std::size_t i = 0; i != list.size; ++i) {
        const char c = list.data[i];
        if (c == '<' || c == '(' || c == '{')
            ++depth;
        else if (c == '>' || c == ')' || c == '}')
            --depth;
        if (c != ',' || depth != 0)
            continue;
        if (wanted == 0)
            return {list.data + start, i - start};
        --wanted;
        start = i + 2;
    }
    return {list.data + start, list.size - start};
}

template <class T>
constexpr Text spelled_type() noexcept {
    constexpr Text whole = __PRETTY_FUNCTION__;
    std::size_t first = 0;
    while (!(whole.data[first] == '=' && whole.data[first + 1] == ' '))
        ++first;
    first += 2;
    std::size_t last = first;
    for (int brackets = 0; last != whole.size && whole.data[last] != ';'; ++last) {
        if (whole.data[last] == '[')
            ++brackets;
        else if (whole.data[last] == ']' && brackets-- == 0)
            break;
    }
    return {whole.data + first, last - first};
}

} // namespace detail

// The name of an enumerator, without its enumeration; invalid_argument for a value that has none.
template <class E>
    requires(std::is_enum_v<E> && requires { E{0}; })
[[nodiscard]] constexpr Result<Text> try_name(E value) noexcept {
    constexpr EnumRange range = enum_range<E>;
    static_assert(range.first <= range.last && range.last - range.first < 4'096,
                  "ioview: enum_range is at most 4096 values wide");
    constexpr Text list = detail::enumerators<E>(
        detail::IndicesTo<static_cast<std::size_t>(range.last - range.first + 1)>{});
    const auto integer = static_cast<std::underlying_type_t<E>>(value);
    const auto number = static_cast<long long>(integer);
    if (!detail::value_fits<64>(true, integer) || number < range.first || number > range.last)
        return fail(Error::invalid_argument);
    const Text name = detail::unqualified(
        detail::list_entry(list, static_cast<std::size_t>(number - range.first)));
    if (name.data[0] == '(') // a value without a name is printed as a cast
        return fail(Error::invalid_argument);
    return name;
}

// The name of a type as the compiler spells it, without the namespaces around it.
template <class T>
[[nodiscard]] constexpr Text type_name() noexcept {
    return detail::unqualified(detail::spelled_type<T>());
}

} // namespace ioview
