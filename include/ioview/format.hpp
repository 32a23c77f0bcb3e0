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
// Nothing here is read from a device but by dump(), which leaves out what reading would change.

#if !__STDC_HOSTED__
#error "ioview/format.hpp needs a hosted implementation"
#endif

#include <ioview/concepts.hpp>
#include <ioview/detail/copy.hpp>
#include <ioview/endian.hpp>
#include <ioview/error.hpp>
#include <ioview/register.hpp>

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace ioview {
namespace detail {

template <class T>
std::string_view short_name() {
    return type_name<T>();
}

// The value of a field in words: an enumerator's name, 0 or 1, a number, or as its type prints.
template <class V>
std::string field_text(const V& value) {
    if constexpr (std::is_same_v<V, bool>) {
        return value ? "1" : "0";
    } else if constexpr (std::is_enum_v<V>) {
        if (auto name = try_name(value))
            return std::string(std::string_view(*name));
        return fmt::format("{}", +static_cast<std::underlying_type_t<V>>(value));
    } else if constexpr (std::is_integral_v<V>) {
        return fmt::format("{}", +value);
    } else if constexpr (requires { value.get(); }) {
        return fmt::format("{}", +value.get());
    } else if constexpr (fmt::is_formattable<V>::value) {
        return fmt::format("{}", value);
    } else {
        return "?";
    }
}

// The same with the number in hexadecimal, where words and number differ.
template <class V>
std::string field_number(const V& value) {
    if constexpr (std::is_same_v<V, bool>)
        return {};
    else if constexpr (std::is_enum_v<V>)
        return fmt::format("{:#x}", static_cast<std::underlying_type_t<V>>(value));
    else if constexpr (std::is_integral_v<V>)
        return fmt::format("{:#x}", std::make_unsigned_t<V>(value));
    else if constexpr (requires { value.get(); })
        return fmt::format("{:#x}", value.get());
    else
        return {};
}

template <class R>
std::string fields_in_a_line(const R& value, std::string_view index = {}) {
    std::string text = fmt::format("{}{}{{", short_name<R>(), index);
    const char* separator = "";
    for_each_field(value, [&](const FieldInfo& field, const auto& field_value) {
        text += separator;
        text += std::string_view(field.name);
        text += ": ";
        text += field_text(field_value);
        separator = ", ";
    });
    return text + '}';
}

template <class R>
std::string fields_in_lines(const R& value) {
    std::string text =
        fmt::format("{} {:#0{}x}", short_name<R>(), value.raw(), 2 + 2 * sizeof(value.raw()));
    for_each_field(value, [&](const FieldInfo& field, const auto& field_value) {
        const auto bits = field.high == field.low ? fmt::format("{}", field.high)
                                                  : fmt::format("{}:{}", field.high, field.low);
        const auto number = field_number(field_value);
        text += fmt::format(
            "\n  {:>5}  {}: {}", bits, std::string_view(field.name), field_text(field_value));
        if (!number.empty())
            text += fmt::format(" ({})", number);
    });
    if (const auto unknown = unknown_bits(value); unknown != 0)
        text += fmt::format("\n  unknown bits set: {:#x}", unknown);
    return text;
}

template <class R>
concept AnyRegister = requires { typename R::IsIoRegister; };

// One register of a block, at each of its places that its type alone tells.
template <class R, class V>
void dump_register(const V& view, std::string& text) {
    const auto line = [&](auto location, const std::string& index) {
        const auto start = fmt::format("{:#06x} ", location.offset());
        if constexpr (!R::Register::readable || R::Register::reading_has_side_effect) {
            text += fmt::format("{}{}{}: not read, {}\n",
                                start,
                                short_name<R>(),
                                index,
                                R::Register::readable ? "reading it has an effect"
                                                      : "it is write-only");
        } else if (auto value = view.try_read(location)) {
            text += fmt::format("{}{}\n", start, fields_in_a_line(*value, index));
        } else {
            text += fmt::format(
                "{}{}{}: {}\n", start, short_name<R>(), index, to_string(value.error()));
        }
    };
    constexpr auto kind = R::Register::Location::io_place.kind;
    if constexpr (kind == PlaceKind::fixed) {
        line(typename R::Register::At{}, "");
    } else if constexpr (kind == PlaceKind::array) {
        for (std::size_t i = 0; i < R::Register::Location::io_place.count; ++i)
            line(*R::Register::try_at(i), fmt::format("[{}]", i));
    }
}

template <class V>
std::string hex_dump(const V& view) {
    std::string text;
    const auto bytes = view.bytes();
    for (std::size_t at = 0; at < bytes.size(); at += 16) {
        const std::size_t count = bytes.size() - at < 16 ? bytes.size() - at : 16;
        std::byte line[16]{};
        text += fmt::format("{:#06x} ", at);
        if (auto done = bytes.subview(at, count).try_copy_to(std::span(line, count)); !done) {
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

// The target of a view as text: of a block that lists its registers (io::Registers) each register
// with its offset, except those whose reading has a side effect; of plain data and of untyped
// regions the bytes, in the widest aligned accesses. What an untyped region does when it is read,
// only the caller knows.
template <IoBase V>
[[nodiscard]] std::string dump(const V& io) {
    const auto view = io.as_view();
    using Target = typename V::Target;
    if constexpr (requires { typename Target::RegisterList; }) {
        std::string text;
        Target::RegisterList::for_each(
            [&]<class R>(std::type_identity<R>) { detail::dump_register<R>(view, text); });
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
        return Raw::parse(context);
    }
    template <class Context>
    auto format(const R& value, Context& context) const {
        if (form_ == Form::raw)
            return Raw::format(value.raw(), context);
        const auto text = form_ == Form::line ? ioview::detail::fields_in_a_line(value)
                                              : ioview::detail::fields_in_lines(value);
        return fmt::format_to(context.out(), "{}", text);
    }

private:
    using Raw = fmt::formatter<typename R::Register::Storage, char>;
    enum class Form { raw, line, lines } form_ = Form::raw;
};

// Views and owners: Mmio<Pl011>@0x9000000; slices and regions with their size.
template <ioview::IoBase V>
struct fmt::formatter<V, char> {
    constexpr auto parse(fmt::format_parse_context& context) { return context.begin(); }
    template <class Context>
    auto format(const V& io, Context& context) const {
        const auto view = io.as_view();
        using View = std::remove_const_t<decltype(view)>;
        using Target = typename V::Target;
        std::string_view name = ioview::detail::short_name<View>();
        name = name.substr(0, name.find('<'));
        auto out = fmt::format_to(context.out(),
                                  "{}<{}>@{:#x}",
                                  name,
                                  ioview::detail::short_name<Target>(),
                                  view.address());
        if constexpr (ioview::detail::kind_of<Target> == ioview::detail::Kind::slice)
            return fmt::format_to(out, "[{}]", view.size());
        else if constexpr (ioview::RegionTarget<Target>)
            return fmt::format_to(out, "+{:#x}", view.size_bytes());
        else
            return out;
    }
};

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
struct fmt::formatter<ioview::le<T>, char> : fmt::formatter<T, char> {
    template <class Context>
    auto format(const ioview::le<T>& value, Context& context) const {
        return fmt::formatter<T, char>::format(value.value(), context);
    }
};
template <class T>
struct fmt::formatter<ioview::be<T>, char> : fmt::formatter<T, char> {
    template <class Context>
    auto format(const ioview::be<T>& value, Context& context) const {
        return fmt::formatter<T, char>::format(value.value(), context);
    }
};
