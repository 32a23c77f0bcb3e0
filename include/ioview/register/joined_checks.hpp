// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register/joined.hpp>
// Part of <ioview/register/joined.hpp>, which is the one to include.
#pragma once
// The parts of a joined value, and what is wrong with them: as plain values, of which only faults
// make a message.
//
//   static_assert(JoinedPart<TimeLow>::width == 32);

#include <ioview/concepts.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/register/element.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/for_each_field.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <cstdint>

namespace ioview {
struct high_first;
struct low_first;
struct stable;

namespace detail {

template <class E, class F>
struct FieldPart {};

// A part: of a register or a location all bits; get() takes them out of the raw bits, place() puts
// them there. in_place: bits below are no part's and zero.
template <class P>
struct JoinedPart : Entry<P> {
    using Register = typename Entry<P>::Register;
    static constexpr unsigned width = 8 * sizeof(Register);
    static constexpr std::uint64_t mask = ~std::uint64_t{0} >> (64 - width);
    static constexpr unsigned zeros = 0;
    // Some bits are in fields and some are not: which are meant?
    static constexpr bool is_unclear = named_bits<Register> != 0 && named_bits<Register> != mask;
    static constexpr bool is_readable =
        Register::Register::readable && meaningless_bits<Register> == 0;
    static constexpr bool is_writable = Register::Register::writable;
    static constexpr bool is_written_whole = true;

    using Storage = typename Register::Register::Storage;
    static constexpr Storage get(Storage raw) noexcept { return raw; }
    static constexpr Storage place(Storage bits) noexcept { return bits; }
};
template <class E, class F>
struct JoinedPart<FieldPart<E, F>> : Entry<E> {
    using Register = typename Entry<E>::Register;
    static constexpr bool is_in_place = !requires { F::gather(F::mask); };
    static constexpr unsigned width = F::width;
    static constexpr std::uint64_t mask = F::mask;
    static constexpr unsigned zeros = is_in_place ? static_cast<unsigned>(F::low) : 0;
    static constexpr bool is_unclear = false;
    static constexpr bool is_readable =
        Register::Register::readable && F::readable && (meaningless_bits<Register> & mask) == 0;
    static constexpr bool is_writable = Register::Register::writable && F::writable;
    // There is nothing else in the register that an update would keep, or could read.
    static constexpr bool
        is_written_whole = mask == ~std::uint64_t{0} >> (64 - 8 * sizeof(Register)) ||
                           (!Register::Register::readable && named_bits<Register> == mask);

    using Storage = typename F::Storage;
    static constexpr Storage get(Storage raw) noexcept {
        if constexpr (is_in_place)
            return static_cast<Storage>(raw & F::mask);
        else
            return low_bits<Storage, width>(F::gather(raw));
    }
    static constexpr Storage place(Storage bits) noexcept {
        if constexpr (is_in_place)
            return static_cast<Storage>(bits & F::mask);
        else
            return F::place(bits);
    }
};
template <class P>
inline constexpr bool is_joined_part = IsEntry<P>;
template <class E, class F>
inline constexpr bool is_joined_part<FieldPart<E, F>> =
    IsEntry<E> && !requires { typename F::Element; }; // an array of fields is no value

template <class P>
inline constexpr bool part_clears = JoinedPart<P>::Register::io_map.consumed != 0;
template <class P>
inline constexpr bool part_loses =
    (JoinedPart<P>::Register::io_map.consumed & ~JoinedPart<P>::mask) != 0;

enum class JoinFault : std::uint8_t {
    none,
    value,
    order,
    one_part,
    no_part,
    unclear,
    too_wide,
    shared,
    in_place,
    // of a read
    unreadable,
    consumed,
    stable_plain,
    medium,
    // of a write
    unwritable,
    not_updated,
    stable_written,
    in_place_plain,
};

// No two of the parts lie over each other, as far as their types tell.
template <class P, class... Rest>
consteval bool parts_are_apart() noexcept {
    if constexpr (sizeof...(Rest) == 0)
        return true;
    else
        return !(share_bytes<JoinedPart<P>, JoinedPart<Rest>> || ...) && parts_are_apart<Rest...>();
}
template <class P, class... Rest>
consteval bool only_the_last_is_in_place() noexcept {
    if constexpr (sizeof...(Rest) == 0)
        return true;
    else
        return JoinedPart<P>::zeros == 0 && only_the_last_is_in_place<Rest...>();
}
// What a read clears is read last, so that nothing after it can fail.
template <bool LowFirst, class P, class... Rest>
consteval bool only_the_last_read_clears() noexcept {
    if constexpr (sizeof...(Rest) == 0)
        return true;
    else if constexpr (LowFirst)
        return !(part_clears<Rest> || ...);
    else
        return !part_clears<P> && only_the_last_read_clears<LowFirst, Rest...>();
}

template <class Order>
inline constexpr bool is_order = std::same_as<Order, high_first> ||
                                 std::same_as<Order, low_first> || std::same_as<Order, stable>;

template <class T, class Order, class... P>
consteval JoinFault join_fault() noexcept {
    if constexpr (!std::unsigned_integral<T> || std::same_as<T, bool>)
        return JoinFault::value;
    else if constexpr (!is_order<Order>)
        return JoinFault::order;
    else if constexpr (sizeof...(P) < 2)
        return JoinFault::one_part;
    else if constexpr (!(is_joined_part<P> && ...))
        return JoinFault::no_part;
    else
        return (JoinedPart<P>::is_unclear || ...)               ? JoinFault::unclear
               : (0u + ... + JoinedPart<P>::width) > bits_of<T> ? JoinFault::too_wide
               : !parts_are_apart<P...>()                       ? JoinFault::shared
               : !only_the_last_is_in_place<P...>()             ? JoinFault::in_place
                                                                : JoinFault::none;
}

template <class P>
inline constexpr bool part_is_written =
    JoinedPart<P>::is_written_whole ||
    access_fault(Does::update, JoinedPart<P>::Register::io_map) == AccessFault::none;

template <JoinFault F, class... P>
consteval unsigned joined_width() noexcept {
    if constexpr (F == JoinFault::none)
        return (0u + ... + JoinedPart<P>::width);
    else
        return 64;
}

// Of parts that are right: what is wrong with a read, or with a write.
template <class Order, class... P>
consteval JoinFault joined_read_fault() noexcept {
    constexpr bool is_low_first = std::same_as<Order, low_first>;
    if ((!JoinedPart<P>::is_readable || ...))
        return JoinFault::unreadable;
    if ((part_loses<P> || ...) || (std::same_as<Order, stable> && (part_clears<P> || ...)) ||
        !only_the_last_read_clears<is_low_first, P...>())
        return JoinFault::consumed;
    return JoinFault::none;
}
template <class Order, class... P>
consteval JoinFault joined_write_fault() noexcept {
    return std::same_as<Order, stable>            ? JoinFault::stable_written
           : (!JoinedPart<P>::is_writable || ...) ? JoinFault::unwritable
           : (!part_is_written<P> || ...)         ? JoinFault::not_updated
                                                  : JoinFault::none;
}

template <JoinFault F>
struct CheckedJoin {
    static_assert(F != JoinFault::value,
                  "ioview: the value of a Joined is an unsigned integer type");
    static_assert(F != JoinFault::order,
                  "ioview: say how the parts are accessed, behind the value: io::high_first, "
                  "io::low_first, or io::stable for a counter that runs on");
    static_assert(F != JoinFault::one_part, "ioview: a Joined has two parts or more");
    static_assert(
        F != JoinFault::no_part,
        "ioview: a part of a Joined is a register, io::element<R, i> or IO_PART(R, name)");
    static_assert(F != JoinFault::unclear,
                  "ioview: this register has bits that are in no field; name the field that is the "
                  "part: IO_PART(R, name)");
    static_assert(F != JoinFault::too_wide,
                  "ioview: the parts of a Joined have more bits than its value");
    static_assert(F != JoinFault::shared,
                  "ioview: two parts of a Joined are in one place; fields of one register are "
                  "joined there, as split(name, …)");
    static_assert(F != JoinFault::in_place,
                  "ioview: an unshifted field is the last part of a Joined, as zeros follow it");
    static_assert(F != JoinFault::unreadable,
                  "ioview: a part of this value means nothing when it is read (io::wo)");
    static_assert(F != JoinFault::consumed,
                  "ioview: reading a part clears what would be lost: io::rc bits are a part as a "
                  "whole, the last one to be read, and read once");
    static_assert(F != JoinFault::stable_plain,
                  "ioview: an io::stable value may never come to rest; use try_read_joined");
    static_assert(F != JoinFault::medium,
                  "ioview: an access to this medium can fail between two parts; use the try_ form");
    static_assert(F != JoinFault::unwritable,
                  "ioview: a part of this value is not written (io::ro, io::rc)");
    static_assert(F != JoinFault::not_updated,
                  "ioview: a part is written by an update, and this register has none: what is "
                  "beside the part could not be read, or would be consumed");
    static_assert(F != JoinFault::stable_written,
                  "ioview: io::stable says how to read; join the parts by io::high_first or "
                  "io::low_first for a write");
    static_assert(F != JoinFault::in_place_plain,
                  "ioview: low bits of this value are in no part; try_write_joined sees whether "
                  "they are zero");
    static constexpr bool ok = true;
    static constexpr bool is_right = F == JoinFault::none;
};

} // namespace detail
} // namespace ioview
