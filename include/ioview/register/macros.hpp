// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// IO_FIELDS: the fields of a register, high bit first, as the manual prints them.
//
//   IO_FIELDS(bits(31, 16, divisor),
//             bits(6, 4, mode, Mode),
//             bit(1, overrun, io::w1c),
//             bit(0, enable));
//
// Items: bits(high, low, name[, type][, access]), bit(position, name[, access]),
// unshifted(high, low, name[, access]), split(name, (high, low), (high, low)…[, type][, access]),
// reserved(high, low[, access]); each with a long form, field_bits(…) and so on. At most 64 of
// them. Each name gives three members: name(), with_name(value), try_with_name(value). They are
// templates, so that what is not used is not compiled; and a class inside a function may hold no
// templates, so registers live outside.

// The compiler's trail through the macros would be longer than its message.
#pragma GCC system_header

#include <ioview/config.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register/field.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/register.hpp>
#include <ioview/support/arity.hpp>

// First pass, members: an alias and three functions for each name, four where the field may be of
// the user's own type. A function that may use general registers alone, as what is forced inline
// is, cannot return what the ABI returns in a vector register, a class of a double. Hence the
// second getter, which is an ordinary function; the compiler takes it where its constraint holds.
#define IOVIEW_MEMBERS(name, ...)                                                                  \
    using io_field_##name = __VA_ARGS__;                                                           \
    template <class F_ = io_field_##name>                                                          \
    IOVIEW_INLINE [[nodiscard]] constexpr auto name() const noexcept {                             \
        return F_::get(this->io_stored_);                                                          \
    }                                                                                              \
    template <class F_ = io_field_##name>                                                          \
    IOVIEW_INLINE                                                                                  \
        [[nodiscard]] constexpr IoSelf with_##name(typename F_::template Value<IoAccess> value_)   \
            const noexcept {                                                                       \
        return __builtin_bit_cast(IoSelf, F_::with(this->io_stored_, value_.bits));                \
    }                                                                                              \
    template <class V_, class F_ = io_field_##name>                                                \
    [[nodiscard]] constexpr auto try_with_##name(V_ value_) const noexcept {                       \
        return F_::template try_with<IoSelf>(this->io_stored_, value_);                            \
    }

#define IOVIEW_OWN_GETTER(name)                                                                    \
    template <class F_ = io_field_##name>                                                          \
        requires(F_::is_own_type)                                                                  \
    [[nodiscard]] constexpr auto name() const noexcept {                                           \
        return F_::get_own(this->io_stored_);                                                      \
    }

#define IOVIEW_MEMBER(item) IOVIEW_MEMBER_##item
#define IOVIEW_MEMBER_bits(high, low, name, ...)                                                   \
    IOVIEW_MEMBERS(name, ::ioview::detail::Field<Storage, high, low __VA_OPT__(, ) __VA_ARGS__>)   \
    __VA_OPT__(IOVIEW_OWN_GETTER(name))
#define IOVIEW_MEMBER_bit(position, name, ...)                                                     \
    IOVIEW_MEMBERS(                                                                                \
        name,                                                                                      \
        ::ioview::detail::Field<Storage, position, position, bool __VA_OPT__(, ) __VA_ARGS__>)
#define IOVIEW_MEMBER_unshifted(high, low, name, ...)                                              \
    IOVIEW_MEMBERS(                                                                                \
        name, ::ioview::detail::UnshiftedField<Storage, high, low __VA_OPT__(, ) __VA_ARGS__>)
#define IOVIEW_MEMBER_split(name, ...)                                                             \
    IOVIEW_MEMBERS(name,                                                                           \
                   ::ioview::detail::SplitField<Storage,                                           \
                                                ::ioview::detail::PartList<>,                      \
                                                IOVIEW_LIST(IOVIEW_PART, __VA_ARGS__)>)            \
    IOVIEW_OWN_GETTER(name)
#define IOVIEW_MEMBER_reserved(...)

// (high, low) is a part of a split field, anything else an option.
#define IOVIEW_PART(part) IOVIEW_SECOND(IOVIEW_PART_PROBE part, IOVIEW_PART_OPTION, )(part)
#define IOVIEW_PART_PROBE(...) ~, IOVIEW_PART_PAIR
#define IOVIEW_PART_PAIR(pair) ::ioview::detail::Part<IOVIEW_PART_BARE pair>
#define IOVIEW_PART_BARE(high, low) high, low
#define IOVIEW_PART_OPTION(option) option
#define IOVIEW_SECOND(...) IOVIEW_SECOND_OF(__VA_ARGS__)
#define IOVIEW_SECOND_OF(first, second, ...) second

// Second pass, for the checks: three integers an item.
#define IOVIEW_SHAPE(item) IOVIEW_SHAPE_##item
#define IOVIEW_SHAPE_bits(high, low, name, ...) high, low, ::ioview::detail::code<__VA_ARGS__>,
#define IOVIEW_SHAPE_bit(position, name, ...)                                                      \
    position, position, ::ioview::detail::code<bool __VA_OPT__(, ) __VA_ARGS__>,
#define IOVIEW_SHAPE_unshifted(high, low, name, ...) high, low, ::ioview::detail::code<__VA_ARGS__>,
#define IOVIEW_SHAPE_split(name, ...)                                                              \
    IOVIEW_LIST(IOVIEW_SPLIT, __VA_ARGS__), 0, 0, ::ioview::detail::code_split,
#define IOVIEW_SHAPE_reserved(high, low, ...)                                                      \
    high, low, ::ioview::detail::reserved_code<__VA_ARGS__>,

#define IOVIEW_SPLIT(part) IOVIEW_SECOND(IOVIEW_SPLIT_PROBE part, IOVIEW_SPLIT_OPTION, )(part)
#define IOVIEW_SPLIT_PROBE(...) ~, IOVIEW_SPLIT_PAIR
#define IOVIEW_SPLIT_PAIR(pair) IOVIEW_PART_BARE pair, ::ioview::detail::code_part
#define IOVIEW_SPLIT_OPTION(option)                                                                \
    0, 0, ::ioview::detail::code<option> | ::ioview::detail::code_option

// Third pass, a visit: compiled only where fields are listed. It is a member of an object because
// only there a class knows who it is.
#define IOVIEW_VISIT(item) IOVIEW_VISIT_##item
#define IOVIEW_VISIT_NAME(name) v_.template field<io_field_##name>(#name);
#define IOVIEW_VISIT_bits(high, low, name, ...) IOVIEW_VISIT_NAME(name)
#define IOVIEW_VISIT_bit(position, name, ...) IOVIEW_VISIT_NAME(name)
#define IOVIEW_VISIT_unshifted(high, low, name, ...) IOVIEW_VISIT_NAME(name)
#define IOVIEW_VISIT_split(name, ...) IOVIEW_VISIT_NAME(name)
#define IOVIEW_VISIT_reserved(high, low, ...)                                                      \
    ::ioview::detail::visit_reserved<high, low, ::ioview::detail::reserved_code<__VA_ARGS__>>(v_);

// The long form of each item, for programs in which a macro has the name of the short one.
#define IOVIEW_MEMBER_field_bits IOVIEW_MEMBER_bits
#define IOVIEW_MEMBER_field_bit IOVIEW_MEMBER_bit
#define IOVIEW_MEMBER_field_unshifted IOVIEW_MEMBER_unshifted
#define IOVIEW_MEMBER_field_split IOVIEW_MEMBER_split
#define IOVIEW_MEMBER_field_reserved IOVIEW_MEMBER_reserved
#define IOVIEW_SHAPE_field_bits IOVIEW_SHAPE_bits
#define IOVIEW_SHAPE_field_bit IOVIEW_SHAPE_bit
#define IOVIEW_SHAPE_field_unshifted IOVIEW_SHAPE_unshifted
#define IOVIEW_SHAPE_field_split IOVIEW_SHAPE_split
#define IOVIEW_SHAPE_field_reserved IOVIEW_SHAPE_reserved
#define IOVIEW_VISIT_field_bits IOVIEW_VISIT_bits
#define IOVIEW_VISIT_field_bit IOVIEW_VISIT_bit
#define IOVIEW_VISIT_field_unshifted IOVIEW_VISIT_unshifted
#define IOVIEW_VISIT_field_split IOVIEW_VISIT_split
#define IOVIEW_VISIT_field_reserved IOVIEW_VISIT_reserved

#define IOVIEW_FIELDS(...) IOVIEW_FIELDS_BY(IOVIEW_EACH_OF(__VA_ARGS__), __VA_ARGS__)
#define IOVIEW_FIELDS_BY(each_, ...)                                                               \
    each_(IOVIEW_MEMBER, __VA_ARGS__) static constexpr ::ioview::detail::FieldMap io_map =         \
        ::ioview::detail::map_fields(sizeof(Storage) * 8,                                          \
                                     IoAccess::io_access,                                          \
                                     {each_(IOVIEW_SHAPE, __VA_ARGS__)},                           \
                                     Location::io_place,                                           \
                                     io_is_big);                                                   \
    static_assert(::ioview::detail::CheckedFields<io_map.fault, io_map.high, io_map.low>::ok);     \
    template <class V_>                                                                            \
    constexpr auto io_visit([[maybe_unused]] V_& v_)                                               \
        ->typename ::ioview::detail::CheckedSelf<__is_same(IoSelf*, decltype(this))>::type {       \
        each_(IOVIEW_VISIT, __VA_ARGS__)                                                           \
    }                                                                                              \
    static_assert(true)

// A register template repeats the names of its base, which the compiler does not look into.
#define IOVIEW_SELF(Reg)                                                                           \
    using IoSelf = Reg;                                                                            \
    static_assert(                                                                                 \
        ::ioview::detail::CheckedSelf<__is_same(Reg, typename Reg::Register::IoSelf)>::ok);        \
    using Storage = typename Reg::Register::Storage;                                               \
    using IoAccess = typename Reg::Register::IoAccess;                                             \
    using Location = typename Reg::Register::Location;                                             \
    static constexpr bool io_is_big = Reg::Register::io_is_big

#ifndef IOVIEW_NO_SHORT_MACROS
// Not by way of IOVIEW_FIELDS: that is three more lines in each message of clang.
#define IO_FIELDS(...) IOVIEW_FIELDS_BY(IOVIEW_EACH_OF(__VA_ARGS__), __VA_ARGS__)
#define IO_SELF IOVIEW_SELF
#endif
