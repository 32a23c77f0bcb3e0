// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The fields of a register value one by one, with what is known of each: for printers and tools.
//
//   io::for_each_field(control, [](const io::FieldInfo& field, auto value) { … });

#include <ioview/register/access_kind.hpp>
#include <ioview/register/macros.hpp>
#include <ioview/register/names.hpp>
#include <ioview/register/register.hpp>
#include <ioview/register/stored_bits.hpp>

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
};

namespace detail {

template <class Field>
constexpr auto value_in(typename Field::Storage raw) noexcept {
    if constexpr (Field::is_own_type)
        return Field::get_own(raw);
    else
        return Field::get(raw);
}

template <class R, class F>
struct FieldVisitor {
    typename R::Register::StoredAs stored;
    F& f;

    template <class Field>
    constexpr void field(const char* name) {
        constexpr Access access = Field::stated ? Field::access : R::Register::IoAccess::io_access;
        if constexpr (Field::readable && access_kind(access).on_read != OnRead::clears) {
            f(FieldInfo{name,
                        static_cast<unsigned>(Field::high),
                        static_cast<unsigned>(Field::low),
                        Field::mask,
                        Field::width,
                        access},
              value_in<Field>(load_bits(stored)));
        }
    }
};

} // namespace detail

// Calls f(FieldInfo, value) for each named field, in the order of IO_FIELDS, with the value that
// the getter yields. Fields that are write-only or consumed by reading are left out.
template <class R, class F>
    requires requires { typename R::IsIoRegister; }
constexpr void for_each_field(const R& value, F&& f) {
    detail::FieldVisitor<R, std::remove_reference_t<F>> visitor{value.io_stored_, f};
    R(value).io_visit(visitor);
}

// The bits that are one and belong to no named field.
template <class R>
    requires requires { typename R::IsIoRegister; }
[[nodiscard]] constexpr typename R::Register::Storage unknown_bits(const R& value) noexcept {
    using Storage = typename R::Register::Storage;
    return static_cast<Storage>(detail::load_bits(value.io_stored_) & ~R::io_map.named);
}

} // namespace ioview
