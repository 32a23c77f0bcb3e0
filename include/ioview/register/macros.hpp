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
// reserved(high, low[, access]), array(high, low, name, count[, type][, access]) with
// register/field_array.hpp; each with a long form, field_bits(…) and so on. At most 64 of them.
// Each name gives three members: name(), with_name(value), try_with_name(value). They are
// templates, so that what is not used is not compiled; and a class inside a function may hold no
// templates, so registers live outside.

// The compiler's trail through the macros would be longer than its message.
#pragma GCC system_header

#include <ioview/config.hpp>
#include <ioview/support/arity.hpp>

// What compilers say where the copy that a setter makes is dropped.
#define IOVIEW_COPY_IS_DROPPED "ioview: with_x() changes a copy; assign it, or write it"

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
    IOVIEW_INLINE [[nodiscard(IOVIEW_COPY_IS_DROPPED)]] constexpr IoSelf with_##name(              \
        typename F_::template Value<IoAccess> value_) const noexcept {                             \
        return __builtin_bit_cast(IoSelf, F_::with(this->io_stored_, value_.bits));                \
    }                                                                                              \
    template <class F_ = io_field_##name>                                                          \
    [[nodiscard]] constexpr auto try_with_##name(auto value_) const noexcept {                     \
        return F_::try_with(*this, value_);                                                        \
    }

#define IOVIEW_OWN_GETTER(name)                                                                    \
    template <class F_ = io_field_##name>                                                          \
        requires(F_::is_own_type)                                                                  \
    [[nodiscard]] constexpr auto name() const noexcept {                                           \
        return F_::get_own(this->io_stored_);                                                      \
    }

#define IOVIEW_MEMBER_bits(high, low, name, ...)                                                   \
    IOVIEW_MEMBERS(name, IoField<high, low __VA_OPT__(, ) __VA_ARGS__>)                            \
    __VA_OPT__(IOVIEW_OWN_GETTER(name))
#define IOVIEW_MEMBER_bit(position, name, ...)                                                     \
    IOVIEW_MEMBERS(name, IoField<position, position, bool __VA_OPT__(, ) __VA_ARGS__>)
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
// Arrays have a header of their own, in which these three are something else.
#define IOVIEW_MEMBER_array(...)                                                                   \
    static_assert(                                                                                 \
        false, "ioview: array(...) as a field needs #include <ioview/register/field_array.hpp>");
#define IOVIEW_BITS_array(...)
#define IOVIEW_TYPE_array(...)

// (high, low) is a part of a split field, anything else an option.
#define IOVIEW_PART(part) IOVIEW_PART_SECOND(IOVIEW_PART_PROBE part, IOVIEW_PART_OPTION, )(part)
#define IOVIEW_PART_PROBE(...) ~, IOVIEW_PART_PAIR
#define IOVIEW_PART_PAIR(pair) ::ioview::detail::Part<IOVIEW_PART_BARE pair>
#define IOVIEW_PART_BARE(high, low) high, low
#define IOVIEW_PART_OPTION(option) option
#define IOVIEW_PART_SECOND(...) IOVIEW_PART_SECOND_OF(__VA_ARGS__)
#define IOVIEW_PART_SECOND_OF(first, second, ...) second

// Second pass: the bits of each item, which is checked by itself.
#define IOVIEW_BITS_bits(high, low, name, ...) , IoBits<high, low __VA_OPT__(, ) __VA_ARGS__>::bits
#define IOVIEW_BITS_bit(position, name, ...)                                                       \
    , IoBits<position, position, bool __VA_OPT__(, ) __VA_ARGS__>::bits
#define IOVIEW_BITS_unshifted IOVIEW_BITS_bits
#define IOVIEW_BITS_split(name, ...)                                                               \
    , ::ioview::detail::SplitItem<Storage,                                                         \
                                  ::ioview::detail::PartList<>,                                    \
                                  IOVIEW_LIST(IOVIEW_PART, __VA_ARGS__)>::bits
#define IOVIEW_BITS_reserved(high, low, ...)                                                       \
    , ::ioview::detail::ReservedItem<Storage, high, low __VA_OPT__(, ) __VA_ARGS__>::bits

// Third pass, for visits: a type for each item. Its name is in the text of all of them.
#define IOVIEW_TYPE_bits(high, low, name, ...) , io_field_##name
#define IOVIEW_TYPE_bit(position, name, ...) , io_field_##name
#define IOVIEW_TYPE_unshifted IOVIEW_TYPE_bits
#define IOVIEW_TYPE_split(name, ...) , io_field_##name
#define IOVIEW_TYPE_reserved(high, low, ...)                                                       \
    , ::ioview::detail::ReservedItem<Storage, high, low __VA_OPT__(, ) __VA_ARGS__>

// The long form of each item, for programs in which a macro has the name of the short one.
#define IOVIEW_MEMBER_field_bits IOVIEW_MEMBER_bits
#define IOVIEW_MEMBER_field_bit IOVIEW_MEMBER_bit
#define IOVIEW_MEMBER_field_unshifted IOVIEW_MEMBER_unshifted
#define IOVIEW_MEMBER_field_split IOVIEW_MEMBER_split
#define IOVIEW_MEMBER_field_reserved IOVIEW_MEMBER_reserved
#define IOVIEW_MEMBER_field_array IOVIEW_MEMBER_array
#define IOVIEW_BITS_field_bits IOVIEW_BITS_bits
#define IOVIEW_BITS_field_bit IOVIEW_BITS_bit
#define IOVIEW_BITS_field_unshifted IOVIEW_BITS_unshifted
#define IOVIEW_BITS_field_split IOVIEW_BITS_split
#define IOVIEW_BITS_field_reserved IOVIEW_BITS_reserved
#define IOVIEW_BITS_field_array IOVIEW_BITS_array
#define IOVIEW_TYPE_field_bits IOVIEW_TYPE_bits
#define IOVIEW_TYPE_field_bit IOVIEW_TYPE_bit
#define IOVIEW_TYPE_field_unshifted IOVIEW_TYPE_unshifted
#define IOVIEW_TYPE_field_split IOVIEW_TYPE_split
#define IOVIEW_TYPE_field_reserved IOVIEW_TYPE_reserved
#define IOVIEW_TYPE_field_array IOVIEW_TYPE_array

// In a register's class: its fields, by the items above. Overlapping fields, bits past the register
// and two fields of one name do not compile.
#define IOVIEW_FIELDS(...)                                                                         \
    IOVIEW_FIELDS_AS(IOVIEW_MEMBER_, IOVIEW_EACH_OF(__VA_ARGS__), __VA_ARGS__)
#define IOVIEW_FIELDS_AS(members_, each_, ...)                                                     \
    each_(members_, __VA_ARGS__) static constexpr auto io_items =                                  \
        ::ioview::detail::items_of(Storage() each_(IOVIEW_BITS_, __VA_ARGS__));                    \
    static_assert(io_items.are_disjoint, "ioview: two fields of one register overlap");            \
    template <class V_>                                                                            \
    constexpr auto io_visit(V_& v_)->                                                              \
        typename ::ioview::detail::CheckedSelf<__is_same(IoSelf*, decltype(this))>::type {         \
        v_.template fields<void each_(IOVIEW_TYPE_, __VA_ARGS__)>(#__VA_ARGS__);                   \
    }                                                                                              \
    static_assert(true)

// In a class template that is a register, before its IO_FIELDS: IO_SELF(Reg). It repeats the names
// of its base, which the compiler does not look into.
#define IOVIEW_SELF(Reg)                                                                           \
    using IoSelf = Reg;                                                                            \
    static_assert(                                                                                 \
        ::ioview::detail::CheckedSelf<__is_same(Reg, typename Reg::Register::IoSelf)>::ok);        \
    using Storage = typename Reg::Register::Storage;                                               \
    using IoAccess = typename Reg::Register::IoAccess;                                             \
    template <int high_, int low_, class... Options_>                                              \
    using IoField = ::ioview::detail::Field<Storage, high_, low_, Options_...>;                    \
    template <int high_, int low_, class... Options_>                                              \
    using IoBits = ::ioview::detail::BitsOfItem<Storage, high_, low_, Options_...>

#ifndef IOVIEW_NO_SHORT_MACROS
// Not by way of IOVIEW_FIELDS: that is three more lines in each message of clang.
#define IO_FIELDS(...) IOVIEW_FIELDS_AS(IOVIEW_MEMBER_, IOVIEW_EACH_OF(__VA_ARGS__), __VA_ARGS__)
#define IO_SELF IOVIEW_SELF
#endif
