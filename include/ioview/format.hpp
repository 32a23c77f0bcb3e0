// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Prints what ioview holds with {fmt} 9 or newer: registers by their fields, views, errors, dumps.
//
//   fmt::print("{}\n", uart.read<Control>());   // Control{divisor: 12, mode: fast, enable: 1}
//   fmt::print("{:#}\n", control);              // one field a line: bits, name, value
//   fmt::print("{:#010x}\n", control);          // the raw value; any format of integers
//   fmt::print("{}\n", view);                   // Mmio<Pl011>@0x9000000
//   fmt::print("{}", io::dump(view));           // every register of a block, or bytes
//
// Snapshots of registers, and what differs between two: format/snapshot.hpp.
//
// Nothing here is read from a device but by dump(), which leaves out what reading would change.

#if !__STDC_HOSTED__
#error "ioview/format.hpp needs a hosted implementation"
#endif

#include <ioview/concepts.hpp>
#include <ioview/endian.hpp> // IWYU pragma: keep
#include <ioview/error.hpp>
#include <ioview/io/copy.hpp>
#include <ioview/register.hpp>
#include <ioview/register/in_place.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>
#include <ioview/register/reading_acts.hpp>
#include <ioview/span.hpp>

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <type_traits>

namespace ioview {
namespace detail {

template <class T>
std::string_view short_name() {
    return type_name<T>();
}

template <class V>
inline constexpr bool is_in_place = false;
template <class Storage, int High, int Low>
inline constexpr bool is_in_place<InPlace<Storage, High, Low>> = true;

template <class V>
concept Enumeration = std::is_enum_v<V>;
// Integers, and what holds one.
template <class V>
concept Number = std::is_integral_v<V> || is_bounded<V> || is_in_place<V>;

template <Number V>
constexpr auto number(const V& value) {
    if constexpr (std::is_integral_v<V>)
        return +value;
    else
        return +value.get();
}

// The value of a field in words: an enumerator's name, 0 or 1, a number (an address, which stays in
// place, in hexadecimal), or as its type prints; bits: what the register holds there.
template <class V>
std::string field_text(const V& value, std::uint64_t bits) {
    if constexpr (std::is_same_v<V, bool>) {
        return value ? "1" : "0";
    } else if constexpr (Enumeration<V>) {
        if (auto name = try_name(value))
            return std::string(std::string_view(*name));
        return fmt::format("{}", +static_cast<std::underlying_type_t<V>>(value));
    } else if constexpr (is_in_place<V>) {
        return fmt::format("{:#x}", number(value));
    } else if constexpr (Number<V>) {
        return fmt::format("{}", number(value));
    } else if constexpr (fmt::is_formattable<V>::value) {
        return fmt::format("{}", value);
    } else {
        return fmt::format("{:#x}", bits);
    }
}

// Where words do not say it: the bits of a field as a number.
template <class V>
std::string field_number(const V& value, std::uint64_t bits) {
    if constexpr (std::is_same_v<V, bool>)
        return {};
    else if constexpr (is_in_place<V>)
        return fmt::format(" ({})", number(value));
    else if constexpr (Number<V> || Enumeration<V> || fmt::is_formattable<V>::value)
        return fmt::format(" ({:#x})", bits);
    else
        return {};
}

// pin, or of an array of fields pin[3].
inline std::string field_name(const FieldInfo& field) {
    std::string name(std::string_view(field.name));
    return field.count == 0 ? name : fmt::format("{}[{}]", name, field.index);
}

// The bits under a mask, moved together, the highest first.
constexpr std::uint64_t gathered(std::uint64_t raw, std::uint64_t mask) {
    std::uint64_t bits = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 63; bit != 0; bit >>= 1)
        if ((mask & bit) != 0)
            bits = bits << 1 | static_cast<std::uint64_t>((raw & bit) != 0);
    return bits;
}

template <class R>
std::string fields_in_a_line(const R& value, std::string_view index = {}) {
    std::string text = fmt::format("{}{}{{", short_name<R>(), index);
    const char* separator = "";
    for_each_field(value, [&](const FieldInfo& field, const auto& field_value) {
        text += separator;
        text += field_name(field);
        text += ": ";
        text += field_text(field_value, gathered(value.R::Register::raw(), field.mask));
        separator = ", ";
    });
    return text + '}';
}

template <class R>
std::string fields_in_lines(const R& value) {
    std::string text = fmt::format("{} {:#0{}x}",
                                   short_name<R>(),
                                   value.R::Register::raw(),
                                   2 + 2 * sizeof(value.R::Register::raw()));
    for_each_field(value, [&](const FieldInfo& field, const auto& field_value) {
        const auto bits = field.high == field.low ? fmt::format("{}", field.high)
                                                  : fmt::format("{}:{}", field.high, field.low);
        const auto held = gathered(value.R::Register::raw(), field.mask);
        text += fmt::format("\n  {:>5}  {}: {}{}",
                            bits,
                            field_name(field),
                            field_text(field_value, held),
                            field_number(field_value, held));
    });
    if (const auto unknown = unknown_bits(value); unknown != 0)
        text += fmt::format("\n  unknown bits set: {:#x}", unknown);
    return text;
}

// An enumeration stored in a byte order prints as its number.
template <class T, bool = std::is_enum_v<T>>
struct PrintedAs {
    using type = T;
};
template <class T>
struct PrintedAs<T, true> : std::underlying_type<T> {};

template <class R>
concept AnyRegister = requires { typename R::IsIoRegister; };

// The name of a target: of an integer by its bits, of a region without its size.
template <class T>
std::string target_name() {
    if constexpr (std::is_const_v<T>)
        return target_name<std::remove_const_t<T>>();
    else if constexpr (is_slice<T>)
        return target_name<ElementOf<T>>();
    else if constexpr (is_array<T>)
        return fmt::format("{}[{}]", target_name<ElementOf<T>>(), sizeof(T) / sizeof(ElementOf<T>));
    else if constexpr (is_plain_region<T>)
        return "Region";
    else if constexpr (std::is_integral_v<T>)
        return fmt::format("{}int{}_t", std::is_signed_v<T> ? "" : "u", 8 * sizeof(T));
    else
        return std::string(short_name<T>());
}

// Why a register is not read to print it; null when it is.
template <class R>
constexpr const char* why_unread() {
    if constexpr (!R::Register::readable)
        return "it is write-only";
    else if constexpr (R::Register::reading_has_side_effect)
        return "reading it has an effect";
    else
        return nullptr;
}

// One register: where it is, and what it holds. read: () -> Result<R>
template <class R, class Read>
std::string
register_line(std::size_t offset, std::string_view index, const char* why, const Read& read) {
    const auto start = fmt::format("{:#06x} ", offset);
    if (why != nullptr)
        return fmt::format("{}{}{}: not read, {}\n", start, short_name<R>(), index, why);
    if constexpr (R::Register::readable) {
        if (const auto value = read())
            return fmt::format("{}{}\n", start, fields_in_a_line(*value, index));
        else
            return fmt::format(
                "{}{}{}: {}\n", start, short_name<R>(), index, to_string(value.error()));
    }
    return {};
}

// One register of a block, at each of its places that its type alone tells.
template <class List, class R, class V>
void dump_register(const V& view, std::string& text) {
    using Register = typename R::Register;
    constexpr Place place = Register::Location::io_place;
    const auto line = [&](auto location, const std::string& index) {
        const char* why = why_unread<R>();
        if (why == nullptr && reading_acts<List>(location.offset(), sizeof(R)))
            why = "reading what is there has an effect";
        text += register_line<R>(location.offset(), index, why, [&] {
            if constexpr (Register::readable && !Register::reading_has_side_effect)
                return view.try_read(location);
            else
                return Result<R>(R{});
        });
    };
    if constexpr (place.is_somewhere && !place.is_relative) {
        Locator<R>::for_each([&](auto location, const Indices& at) {
            std::string index;
            for (int i = 0; i < place.indices; ++i)
                index += fmt::format("[{}]", at.index[i]);
            line(location, index);
        });
    } else {
        text += fmt::format("       {}: not read, its place depends on a base\n", short_name<R>());
    }
}

// One register that is the target itself, or an element of it.
template <class R, class V>
std::string dump_value(const V& view, std::size_t offset, const std::string& index) {
    return register_line<R>(offset, index, why_unread<R>(), [&] {
        if constexpr (R::Register::readable && !R::Register::reading_has_side_effect)
            return Result<R>(view.try_read());
        else
            return Result<R>(R{});
    });
}

template <class T>
inline constexpr bool holds_registers = false;
template <class T>
    requires(is_slice<T> || is_array<T>)
inline constexpr bool holds_registers<T> = AnyRegister<ElementOf<T>>;

template <class V>
std::string hex_dump(const V& view) {
    std::string text;
    const auto bytes = view.bytes();
    for (std::size_t at = 0; at < bytes.size(); at += 16) {
        const std::size_t count = bytes.size() - at < 16 ? bytes.size() - at : 16;
        std::byte line[16]{};
        text += fmt::format("{:#06x} ", at);
        if (auto done = bytes.subview(at, count).try_copy_to(Span(line, count)); !done) {
            text += fmt::format(" {}\n", to_string(done.error()));
            continue;
        }
        for (std::size_t i = 0; i < count; ++i)
            text += fmt::format("{}{:02x}", i == 8 ? "  " : " ", std::to_integer<int>(line[i]));
        text += '\n';
    }
    return text;
}

} // namespace detail

// The target of a view as text: of a block that lists its registers (io::Registers), of a register
// or of several each with its offset, but nothing whose reading has a side effect, under whatever
// name it is listed; of plain data and of untyped regions the bytes, in the widest aligned
// accesses. What an untyped region does when it is read, only the caller knows.
template <IoBase V>
[[nodiscard]] std::string dump(const V& io) {
    const auto view = io.as_view();
    using Target = typename V::Target;
    if constexpr (requires { typename Target::RegisterList; }) {
        std::string text;
        using List = typename Target::RegisterList;
        List::for_each(
            [&]<class R>(std::type_identity<R>) { detail::dump_register<List, R>(view, text); });
        return text;
    } else if constexpr (detail::AnyRegister<Target>) {
        return detail::dump_value<std::remove_const_t<Target>>(view, 0, "");
    } else if constexpr (detail::holds_registers<Target>) {
        using R = std::remove_const_t<detail::ElementOf<Target>>;
        std::string text;
        for (std::size_t i = 0; i < view.size(); ++i)
            text += detail::dump_value<R>(*view.try_at(i), i * sizeof(R), fmt::format("[{}]", i));
        return text;
    } else {
        static_assert(detail::is_plain_data<Target>(),
                      "ioview: dump() needs a block that lists its registers (io::Registers), "
                      "plain data or a Region: reading unknown registers may change them");
        return detail::hex_dump(view);
    }
}

} // namespace ioview

// Registers: {} in a line, {:#} a field a line, anything else as the raw integer.
template <ioview::detail::AnyRegister R>
struct fmt::formatter<R, char> : fmt::formatter<typename R::Register::Storage, char> {
    constexpr auto parse(fmt::format_parse_context& context) {
        const auto* at = context.begin();
        const auto ends = [&](const char* p) { return p == context.end() || *p == '}'; };
        if (ends(at))
            return form_ = Form::line, at;
        if (*at == '#' && ends(at + 1))
            return form_ = Form::lines, at + 1;
        form_ = Form::raw;
        return Raw::parse(context);
    }
    template <class Context>
    auto format(const R& value, Context& context) const {
        if (form_ == Form::raw)
            return Raw::format(value.R::Register::raw(), context);
        const auto text = form_ == Form::line ? ioview::detail::fields_in_a_line(value)
                                              : ioview::detail::fields_in_lines(value);
        return fmt::format_to(context.out(), "{}", text);
    }

private:
    using Raw = fmt::formatter<typename R::Register::Storage, char>;
    enum class Form : std::uint8_t { raw, line, lines };
    Form form_ = Form::line; // what a range that does not call parse() gets
};

// Views and owners: Mmio<Pl011>@0x9000000, SysMem<uint32_t[16]>@0x7f10,
// Mmio<Region>@0xfe000000+0x1000.
template <ioview::IoBase V>
struct fmt::formatter<V, char> {
    constexpr auto parse(fmt::format_parse_context& context) { return context.begin(); }
    template <class Context>
    auto format(const V& io, Context& context) const {
        using Target = typename V::Target;
        const auto view = io.as_view();
        std::string_view name = ioview::detail::short_name<std::remove_cv_t<decltype(view)>>();
        name = name.substr(0, name.find('<'));
        const auto target = ioview::detail::target_name<Target>();
        auto out = fmt::format_to(context.out(), "{}<{}", name, target);
        if constexpr (ioview::detail::kind_of<Target> == ioview::detail::Kind::slice)
            out = fmt::format_to(out, "[{}]", view.size());
        out = fmt::format_to(out, ">@{:#x}", view.address());
        if constexpr (ioview::RegionTarget<Target>)
            out = fmt::format_to(out, "+{:#x}", view.size_bytes());
        return out;
    }
};

// Views of arrays and slices are ranges too; they print as views all the same. (Declared as in
// <fmt/ranges.h>, which need not be included.)
FMT_BEGIN_NAMESPACE
template <typename T, typename Char>
struct is_range;
template <ioview::IoBase V, typename Char>
struct is_range<V, Char> : std::false_type {};
FMT_END_NAMESPACE

template <>
struct fmt::formatter<ioview::Error, char> : fmt::formatter<fmt::string_view, char> {
    template <class Context>
    auto format(ioview::Error error, Context& context) const {
        return fmt::formatter<fmt::string_view, char>::format(ioview::to_string(error), context);
    }
};

// Numbers that know more of themselves print as numbers.
template <class T, unsigned N>
struct fmt::formatter<ioview::Bounded<T, N>, char> : fmt::formatter<T, char> {
    template <class Context>
    auto format(const ioview::Bounded<T, N>& value, Context& context) const {
        return fmt::formatter<T, char>::format(value.get(), context);
    }
};
template <class T>
struct fmt::formatter<ioview::le<T>, char>
    : fmt::formatter<typename ioview::detail::PrintedAs<T>::type, char> {
    template <class Context>
    auto format(const ioview::le<T>& value, Context& context) const {
        using As = typename ioview::detail::PrintedAs<T>::type;
        return fmt::formatter<As, char>::format(static_cast<As>(value.value()), context);
    }
};
template <class T>
struct fmt::formatter<ioview::be<T>, char>
    : fmt::formatter<typename ioview::detail::PrintedAs<T>::type, char> {
    template <class Context>
    auto format(const ioview::be<T>& value, Context& context) const {
        using As = typename ioview::detail::PrintedAs<T>::type;
        return fmt::formatter<As, char>::format(static_cast<As>(value.value()), context);
    }
};
template <class Storage, int High, int Low>
struct fmt::formatter<ioview::InPlace<Storage, High, Low>, char> : fmt::formatter<Storage, char> {
    template <class Context>
    auto format(const ioview::InPlace<Storage, High, Low>& value, Context& context) const {
        return fmt::formatter<Storage, char>::format(value.get(), context);
    }
};

// Names: io::type_name<T>(), io::try_name(value).
template <>
struct fmt::formatter<ioview::Text, char> : fmt::formatter<fmt::string_view, char> {
    template <class Context>
    auto format(ioview::Text text, Context& context) const {
        return fmt::formatter<fmt::string_view, char>::format({text.data, text.size}, context);
    }
};
