// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Waiting for any or all of several conditions, and which of them held: `when`, `wait_any`,
// `wait_all`.
//
//   auto held = io::wait_any(io::Timing{10us, 1ms}, clock,
//                            io::when<Error>(region, [](Error e) { return e.any(); }),
//                            io::when<Status>(region, [](Status s) { return s.ready(); }));
//   if (held && held->first() == 0) …   // an error, whether or not it is ready as well

#include <ioview/concepts.hpp>
#include <ioview/error.hpp>
#include <ioview/io/polling.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ioview {

// Which of several conditions held, of one look at all of them. Numbers are their places, from 0.
class Held {
public:
    constexpr Held() noexcept = default;
    constexpr explicit Held(std::uint32_t bits) noexcept : bits_(bits) {}

    // Whether the condition of this number held; they are counted from 0, in the order of the call.
    [[nodiscard]] constexpr bool holds(std::size_t number) const noexcept {
        return number < 32 && (bits_ >> number & 1) != 0;
    }
    // The least number that held; 32 when none did.
    [[nodiscard]] constexpr std::size_t first() const noexcept {
        std::size_t number = 0;
        while (number < 32 && !holds(number))
            ++number;
        return number;
    }
    [[nodiscard]] constexpr bool any() const noexcept { return bits_ != 0; }
    // Bit n is condition n.
    [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
    friend constexpr bool operator==(Held, Held) noexcept = default;

private:
    std::uint32_t bits_ = 0;
};

// What is read, and what is asked of it.
template <class Op, class Cond>
struct When {
    Op op;
    Cond cond;

    // Adds the outcome of one reading to `bits`, or says why there is none.
    constexpr Error look(std::uint32_t& bits, unsigned number) {
        if constexpr (detail::check_poll<Op, Cond>()) {
            const Result<detail::PolledValue<Op>> value = op();
            if (!value)
                return value.error();
            if (detail::has_gone(*value))
                return Error::no_device;
            bits |= std::uint32_t{cond(*value)} << number;
        }
        return Error{};
    }
};

namespace detail {
template <class V>
consteval bool keeps_its_owner() {
    static_assert(!TemporaryOwner<V>,
                  "ioview: a condition keeps a view; give the owner that it is of a name");
    return true;
}
} // namespace detail

// A condition: that `predicate` holds for what is read of
//
//   when(view, predicate)            a view of one value, a scalar or a register
//   when(view, location, predicate)  a register at `location` in a region
//   when<R>(view, predicate)         a register found by its type
//   when(op, predicate)              whatever op() returns, T or Result<T>
//
// It holds a view by value; what is no view or owner, such as `op`, it holds by reference where it
// has a name.
template <class Source, class Cond>
[[nodiscard]] constexpr auto when(Source&& source, Cond cond) {
    static_assert(detail::keeps_its_owner<Source>());
    if constexpr (requires { source(); }) {
        return When<Source, Cond>{std::forward<Source>(source), std::move(cond)};
    } else {
        auto read = [at = detail::polled_view(source)] { return detail::poll_read(at); };
        return When<decltype(read), Cond>{std::move(read), std::move(cond)};
    }
}
template <class View, class Location, class Cond>
[[nodiscard]] constexpr auto when(View&& view, Location location, Cond cond) {
    static_assert(detail::keeps_its_owner<View>());
    auto read = [at = detail::polled_view(view), location] {
        return detail::poll_read(at, location);
    };
    return When<decltype(read), Cond>{std::move(read), std::move(cond)};
}
template <class R, class View, class Cond>
[[nodiscard]] constexpr auto when(View&& view, Cond cond) {
    static_assert(detail::keeps_its_owner<View>());
    auto read = detail::register_reader<R>(std::as_const(view));
    return When<decltype(read), Cond>{std::move(read), std::move(cond)};
}

// One look at several conditions, each read once, in the order given: an operation to poll for
// those who wait in another way, with read_poll_timeout_atomic for one. The first reading that
// fails is the outcome, and the further ones are not made; no_device when a register that is
// never_all_ones reads as them.
template <class... Op, class... Cond>
[[nodiscard]] constexpr Result<Held> look_at(When<Op, Cond>&... conditions) {
    static_assert(sizeof...(Op) > 0 && sizeof...(Op) <= 32,
                  "ioview: there is nothing to wait for, or more than 32 conditions");
    std::uint32_t bits = 0;
    unsigned number = 0;
    Error error{};
    // stops at the first that fails
    const bool good = ((error = conditions.look(bits, number++), error == Error{}) && ...);
    if (!good)
        return fail(error);
    return Held{bits};
}

// Waits until one condition holds at least, and says which: all that held in the same look. To
// read in an order of your own, or the least, say the conditions in that order; all of them are
// read in each look. Timing, clock and errors are those of wait_until; a reading that fails ends
// the wait with its error, also where another condition holds already.
template <class I, class T, class Clock, class... Op, class... Cond>
[[nodiscard]] constexpr Result<Held>
wait_any(Timing<I, T> timing, Clock&& clock, When<Op, Cond>... conditions) {
    return read_poll_timeout([&] { return look_at(conditions...); },
                             [](Held held) { return held.any(); },
                             timing.interval,
                             timing.timeout,
                             clock);
}

// Waits until all conditions hold in the same look. `last`, where it is given, receives the outcome
// of each look: on a timeout it says which of them held at the end, and which did not.
template <class I, class T, class Clock, class... Op, class... Cond>
[[nodiscard]] constexpr Result<Held>
wait_all(Held& last, Timing<I, T> timing, Clock&& clock, When<Op, Cond>... conditions) {
    constexpr std::uint32_t all = 0xffff'ffff >> (32 - sizeof...(Op)) % 32;
    return read_poll_timeout([&] { return look_at(conditions...); },
                             [](Held held) { return held.bits() == all; },
                             timing.interval,
                             timing.timeout,
                             clock,
                             last);
}
template <class I, class T, class Clock, class... Op, class... Cond>
[[nodiscard]] constexpr Result<Held>
wait_all(Timing<I, T> timing, Clock&& clock, When<Op, Cond>... conditions) {
    Held last;
    return wait_all(last, timing, clock, std::move(conditions)...);
}

} // namespace ioview
