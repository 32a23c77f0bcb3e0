// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The fields of a register value one by one, with what is known of each: for printers and tools.
//
//   io::for_each_field(control, [](const io::FieldInfo& field, auto value) { … });

#include <ioview/register/access_kind.hpp>
#include <ioview/register/field.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/names.hpp>
#include <ioview/register/register.hpp>
#include <ioview/register/stored_bits.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {

// A field as it is declared. high and low are the outermost bits; mask has them all, which differs
// for a split field. width is the number of bits of its value (for an unshifted field high + 1).
struct FieldInfo {
    Text name;
    unsigned high = 0;
    unsigned low = 0;
    std::uint64_t mask = 0;
    unsigned width = 0;
    Access access = Access::read_write;
    // Of an array of fields, whose fields come one by one, the lowest first; else 0 of 0.
    unsigned index = 0;
    unsigned count = 0;
};

namespace detail {

template <class Field>
constexpr auto value_in(typename Field::Storage raw) noexcept {
    if constexpr (Field::is_own_type)
        return Field::get_own(raw);
    else
        return Field::get(raw);
}

// The names in the text of an IO_FIELDS, one item after the other.
struct ItemNames {
    const char* at;

    // Of bits(high, low, name, …) the third argument, of bit(position, name, …) the second, of
    // split(name, …) the first, by the letters before the parenthesis.
    constexpr Text next() noexcept {
        const char* open = at;
        while (*open != '(')
            ++open;
        const int before = open[-1] != 't' ? 2 : open[-3] == 'b' ? 1 : 0;
        Text name;
        int depth = 0;
        int commas = 0;
        const char* first = open + 1;
        for (at = open;; ++at) {
            if (*at == '(')
                ++depth;
            const bool is_last = *at == ')' && depth == 1;
            if (depth == 1 && (*at == ',' || is_last)) {
                if (commas++ == before)
                    name = trimmed(first, at);
                first = at + 1;
            }
            if (*at == ')' && --depth == 0)
                break;
        }
        ++at;
        return name;
    }

private:
    static constexpr Text trimmed(const char* first, const char* last) noexcept {
        while (*first == ' ')
            ++first;
        while (last != first && last[-1] == ' ')
            --last;
        return {first, static_cast<std::size_t>(last - first)};
    }
};

template <class R, class Field>
inline constexpr Access access_in =
    Field::stated ? Field::access : R::Register::IoAccess::io_access;

// f.field<Field>(FieldInfo, shift) for each named field; of an array for each of its elements,
// which are so many bits higher than Field says.
template <class R, class F>
struct FieldVisitor {
    F& f;

    template <class, class... Fields>
    constexpr void fields(const char* names) {
        ItemNames items{names};
        (field<Fields>(items.next()), ...);
    }

private:
    template <class Field>
        requires(!item_of<Field>.is_named)
    constexpr void field(const Text&) {}
    template <class Field>
        requires(item_of<Field>.is_named)
    constexpr void field(const Text& name) {
        constexpr Access access = access_in<R, Field>;
        if constexpr (requires { typename Field::Element; }) {
            using Element = typename Field::Element;
            constexpr unsigned width = Element::width;
            for (unsigned i = 0; i != Field::count; ++i) {
                const unsigned low = static_cast<unsigned>(Field::low) + i * width;
                f.template field<Field, Element>(FieldInfo{name,
                                                           low + width - 1,
                                                           low,
                                                           std::uint64_t{Element::mask} << low,
                                                           width,
                                                           access,
                                                           i,
                                                           Field::count},
                                                 low);
            }
        } else {
            f.template field<Field, Field>(FieldInfo{name,
                                                     static_cast<unsigned>(Field::high),
                                                     static_cast<unsigned>(Field::low),
                                                     Field::mask,
                                                     Field::width,
                                                     access,
                                                     0,
                                                     0},
                                           0);
        }
    }
};

// With the value, of those that a read tells something of.
template <class R, class F>
struct WithValue {
    typename R::Register::StoredAs stored;
    F& f;

    template <class Field, class Element>
    constexpr void field(const FieldInfo& info, unsigned shift) {
        if constexpr (Field::readable && access_kind(access_in<R, Field>).on_read != OnRead::clears)
            f(info,
              value_in<Element>(
                  static_cast<typename Element::Storage>(load_bits(stored) >> shift)));
    }
};

template <class F>
struct WithoutValue {
    F& f;

    template <class, class>
    constexpr void field(const FieldInfo& info, unsigned) {
        f(info);
    }
};

// Bits of the fields with a name.
struct NamedBits {
    std::uint64_t bits = 0;
    template <class, class... Fields>
    constexpr void fields(const char*) noexcept {
        bits = (std::uint64_t{0} | ... | (item_of<Fields>.is_named ? item_of<Fields>.bits : 0));
    }
};
template <class R>
inline constexpr std::uint64_t named_bits = [] {
    NamedBits named;
    __builtin_bit_cast(R, typename R::Register::StoredAs()).io_visit(named);
    return named.bits;
}();

} // namespace detail

// Calls f(FieldInfo, value) for each named field, in the order of IO_FIELDS, with the value that
// the getter yields. Fields that are write-only or consumed by reading are left out.
template <class R, class F>
    requires requires { typename R::IsIoRegister; }
constexpr void for_each_field(const R& value, F&& f) {
    using WithValue = detail::WithValue<R, std::remove_reference_t<F>>;
    WithValue with_value{value.io_stored_, f};
    detail::FieldVisitor<R, WithValue> visitor{with_value};
    R(value).io_visit(visitor);
}

// Calls f(FieldInfo) for each named field of a register, write-only ones too, without a value: for
// what describes registers.
template <class R, class F>
    requires requires { typename R::IsIoRegister; }
constexpr void for_each_field_of(F&& f) {
    using WithoutValue = detail::WithoutValue<std::remove_reference_t<F>>;
    WithoutValue without_value{f};
    detail::FieldVisitor<R, WithoutValue> visitor{without_value};
    __builtin_bit_cast(R, typename R::Register::StoredAs()).io_visit(visitor);
}

// The bits that are one and belong to no named field.
template <class R>
    requires requires { typename R::IsIoRegister; }
[[nodiscard]] constexpr typename R::Register::Storage unknown_bits(const R& value) noexcept {
    using Storage = typename R::Register::Storage;
    return static_cast<Storage>(detail::load_bits(value.io_stored_) & ~detail::named_bits<R>);
}

} // namespace ioview
