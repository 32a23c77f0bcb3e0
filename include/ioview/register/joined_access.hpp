// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register/joined.hpp>
// Part of <ioview/register/joined.hpp>, which is the one to include.
#pragma once
// The accesses of a joined value, one part after the other.
//
//   JoinedAccess<Time>::try_read(view, places)

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/halves.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/register/element.hpp>
#include <ioview/register/joined_checks.hpp>
#include <ioview/register/stored_bits.hpp>
#include <ioview/support/declared.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
template <class T, class Order, class... Parts>
struct Joined;

namespace detail {

// A number to be written; of one that is Bounded, its own type does not matter.
template <class N>
concept NumberGiven = Integer<N> || is_bounded<N>;

struct PlaceOfPart {
    std::size_t offset, size;
};
template <std::size_t N>
constexpr bool are_apart(const PlaceOfPart (&all)[N]) noexcept {
    for (std::size_t j = 1; j < N; ++j)
        for (std::size_t i = 0; i != j; ++i)
            if (touch(all[i].offset, all[i].size, all[j].offset, all[j].size))
                return false;
    return true;
}

template <bool Right>
struct CheckedPlaces {
    static_assert(Right, "ioview: a place for each part of the Joined, in its order");
    static constexpr bool ok = true;
};

template <class J>
struct JoinedAccess;
template <class T, class Order, class... P>
struct JoinedAccess<Joined<T, Order, P...>> {
    // What the value is put together in: not wider than a CPU of 32 bits likes.
    using Bits = std::conditional_t<(sizeof(T) > 4), std::uint64_t, std::uint32_t>;
    static constexpr bool is_stable = std::same_as<Order, stable>;
    static constexpr bool is_low_first = std::same_as<Order, low_first>;
    static constexpr unsigned width = Joined<T, Order, P...>::width;
    // Bits of the value that are in no part.
    static constexpr std::uint64_t idle = [] {
        unsigned zeros = 0;
        static_cast<void>(
            ((zeros = JoinedPart<P>::zeros), ...)); // of the last, which alone has some
        return (std::uint64_t{1} << zeros) - 1;
    }();
    using Places = Several<typename JoinedPart<P>::Location...>;
    template <class... L>
    static constexpr bool are_places_of = [] {
        if constexpr (sizeof...(L) == sizeof...(P))
            return (std::same_as<typename L::Register, typename JoinedPart<P>::Register> && ...);
        else
            return false;
    }();
    template <class B>
    static constexpr bool can_fail =
        ((has_try_io_read<B, typename Wire<typename JoinedPart<P>::Register>::Word> ||
          has_try_io_write<B, typename Wire<typename JoinedPart<P>::Register>::Word>) ||
         ...);

    template <class V>
    static constexpr bool takes(V value) noexcept {
        if constexpr (is_bounded<V>)
            return takes(value.get());
        else
            return value_fits<width>(false, value) &&
                   (static_cast<std::uint64_t>(value) & idle) == 0;
    }

    template <class View>
    IOVIEW_INLINE_OPTIMISED static constexpr T read(View view) noexcept {
        Bits value = 0;
        static_cast<void>(read_parts<false, 0, P...>(view, Places{}, value));
        return static_cast<T>(value);
    }
    template <class View, class Where>
    [[nodiscard]] static constexpr Result<T> try_read(View view, Where places) noexcept {
        if constexpr (is_stable) {
            return try_read_stable(view, places);
        } else {
            Bits value = 0;
            if (const Error e = read_parts<true, 0, P...>(view, places, value); failed(e))
                return fail(e);
            return static_cast<T>(value);
        }
    }
    template <class View>
    IOVIEW_INLINE_OPTIMISED static constexpr void write(View view, Bits value) noexcept {
        static_cast<void>(write_parts<false, 0, P...>(view, Places{}, value));
    }
    template <class View, class Where>
    [[nodiscard]] static constexpr Result<>
    try_write(View view, Bits value, Where places) noexcept {
        return as_result(write_parts<true, 0, P...>(view, places, value));
    }

private:
    template <std::size_t N, class Where>
    using PlaceOf = std::remove_cvref_t<decltype(value_of_number<N>(declared<const Where&>()))>;
    // Bits of the value below a part.
    template <class... Behind>
    static constexpr unsigned shift = (0u + ... + JoinedPart<Behind>::width);

    template <bool Try, std::size_t N, class Part, class... Behind, class View, class Where>
    IOVIEW_INLINE_OPTIMISED static constexpr Error
    read_part(View view, Where places, Bits& value) noexcept {
        const auto& place = value_of_number<N>(places);
        if constexpr (Try && !is_sure<PlaceOf<N, Where>, View>) {
            const auto read = view.try_read(place);
            if (!read)
                return read.error();
            value |= static_cast<Bits>(JoinedPart<Part>::get(load_bits(read->io_stored_)))
                     << shift<Behind...>;
        } else {
            value |=
                static_cast<Bits>(JoinedPart<Part>::get(load_bits(view.read(place).io_stored_)))
                << shift<Behind...>;
        }
        return Error{};
    }
    // Part and those behind it; of a stable value, `Upper` leaves out the last.
    template <bool Try, std::size_t N, class Part, class... Behind, class View, class Where>
    IOVIEW_INLINE_OPTIMISED static constexpr Error
    read_parts(View view, Where places, Bits& value) noexcept {
        if constexpr (sizeof...(Behind) == 0) {
            return read_part<Try, N, Part>(view, places, value);
        } else if constexpr (is_low_first) {
            if (const Error e = read_parts<Try, N + 1, Behind...>(view, places, value); failed(e))
                return e;
            return read_part<Try, N, Part, Behind...>(view, places, value);
        } else {
            if (const Error e = read_part<Try, N, Part, Behind...>(view, places, value); failed(e))
                return e;
            return read_parts<Try, N + 1, Behind...>(view, places, value);
        }
    }
    template <std::size_t N, class Part, class... Behind, class View, class Where>
    IOVIEW_INLINE_OPTIMISED static constexpr Error
    read_upper(View view, Where places, Bits& value) noexcept {
        if constexpr (sizeof...(Behind) == 0) {
            return Error{};
        } else {
            if (const Error e = read_part<true, N, Part, Behind...>(view, places, value); failed(e))
                return e;
            return read_upper<N + 1, Behind...>(view, places, value);
        }
    }
    template <std::size_t N, class Part, class... Behind, class View, class Where>
    IOVIEW_INLINE_OPTIMISED static constexpr Error
    read_lowest(View view, Where places, Bits& value) noexcept {
        if constexpr (sizeof...(Behind) == 0)
            return read_part<true, N, Part>(view, places, value);
        else
            return read_lowest<N + 1, Behind...>(view, places, value);
    }
    // While the upper parts are as they were before the lowest was read, none has carried.
    template <class View, class Where>
    [[nodiscard]] static constexpr Result<T> try_read_stable(View view, Where places) noexcept {
        Bits before = 0;
        if (const Error e = read_upper<0, P...>(view, places, before); failed(e))
            return fail(e);
        for (int i = 0; i < most_carries; ++i) {
            Bits lowest = 0;
            if (const Error e = read_lowest<0, P...>(view, places, lowest); failed(e))
                return fail(e);
            Bits after = 0;
            if (const Error e = read_upper<0, P...>(view, places, after); failed(e))
                return fail(e);
            if (after == before)
                return static_cast<T>(after | lowest);
            before = after;
        }
        return fail(Error::timed_out);
    }

    template <bool Try, std::size_t N, class Part, class... Behind, class View, class Where>
    IOVIEW_INLINE_OPTIMISED static constexpr Error
    write_part(View view, Where places, Bits value) noexcept {
        using R = typename JoinedPart<Part>::Register;
        using Storage = typename R::Register::Storage;
        const auto& place = value_of_number<N>(places);
        const Storage bits =
            JoinedPart<Part>::place(static_cast<Storage>(value >> shift<Behind...>));
        const auto with_bits = [bits](R old) {
            constexpr auto others = static_cast<Storage>(~JoinedPart<Part>::mask);
            return R::Register::from_raw(
                static_cast<Storage>((load_bits(old.io_stored_) & others) | bits));
        };
        if constexpr (JoinedPart<Part>::is_written_whole) {
            if constexpr (!Try || is_sure<PlaceOf<N, Where>, View>)
                view.write(place, with_bits(R{}));
            else if (const auto done = view.try_write(place, with_bits(R{})); !done)
                return done.error();
        } else {
            if constexpr (!Try || is_sure<PlaceOf<N, Where>, View>)
                view.update(place, with_bits);
            else if (const auto done = view.try_update(place, with_bits); !done)
                return done.error();
        }
        return Error{};
    }
    template <bool Try, std::size_t N, class Part, class... Behind, class View, class Where>
    IOVIEW_INLINE_OPTIMISED static constexpr Error
    write_parts(View view, Where places, Bits value) noexcept {
        if constexpr (sizeof...(Behind) == 0) {
            return write_part<Try, N, Part>(view, places, value);
        } else if constexpr (is_low_first) {
            if (const Error e = write_parts<Try, N + 1, Behind...>(view, places, value); failed(e))
                return e;
            return write_part<Try, N, Part, Behind...>(view, places, value);
        } else {
            if (const Error e = write_part<Try, N, Part, Behind...>(view, places, value); failed(e))
                return e;
            return write_parts<Try, N + 1, Behind...>(view, places, value);
        }
    }
};

// What is wrong with J, a read or a write of it, or one that does not report errors.
template <class J>
struct JoinedFaults;
template <class T, class Order, class... P>
struct JoinedFaults<Joined<T, Order, P...>> {
    using J = Joined<T, Order, P...>;
    static constexpr bool is_right = J::io_fault == JoinFault::none;
    // What is wrong with the first part that is not in a Target, found near the user's line.
    template <class Target>
    static constexpr AccessFault in_target = [] {
        if constexpr (is_right)
            return first_fault_in<Target, typename JoinedPart<P>::Location...>();
        else
            return AccessFault::none;
    }();
    static constexpr JoinFault of_read = [] {
        if constexpr (is_right)
            return joined_read_fault<Order, P...>();
        else
            return J::io_fault;
    }();
    static constexpr JoinFault of_write = [] {
        if constexpr (is_right)
            return joined_write_fault<Order, P...>();
        else
            return J::io_fault;
    }();
    template <class B>
    static constexpr JoinFault of_plain_read = [] {
        if constexpr (of_read != JoinFault::none)
            return of_read;
        else
            return std::same_as<Order, stable>             ? JoinFault::stable_plain
                   : JoinedAccess<J>::template can_fail<B> ? JoinFault::medium
                                                           : JoinFault::none;
    }();
    template <class B>
    static constexpr JoinFault of_plain_write = [] {
        if constexpr (of_write != JoinFault::none)
            return of_write;
        else
            return JoinedAccess<J>::idle != 0              ? JoinFault::in_place_plain
                   : JoinedAccess<J>::template can_fail<B> ? JoinFault::medium
                                                           : JoinFault::none;
    }();
    using Number = std::conditional_t<is_right, T, std::uint64_t>;
    using Given = Bounded<Number, J::width>;
};

} // namespace detail
} // namespace ioview
