// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Waiting until a device says so, for a limited time: `read_poll_timeout`, `wait_until`.
//
//   auto status = io::wait_until<Status>(region, [](Status s) { return s.ready(); },
//                                        io::Timing{10us, 1ms}, clock);
//
// To wait for all or any of several things, let `op` read them all and `cond` compose them:
// `a.ready() && b.ready()` of one set of readings is what a device can promise; a loop per
// condition is not.

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/polling.hpp>

#include <concepts>

namespace ioview {

// Polls by sleeping: runs `op` until `cond` holds for what it returned, and sleeps for `interval`
// in between. Returns the value that met the condition.
//
//   op        () -> T or Result<T>; an error is returned as it is, at once, never as a timeout.
//             no_device when a register that is never_all_ones (presence.hpp) reads as them; for
//             others let `op` return check_present(value)
//   cond      (const T&) -> bool
//   interval  each sleep, exactly as given; zero (or less) polls without sleeping
//   timeout   after so much time by the clock `op` runs a last time, and if `cond` still does not
//             hold, the outcome is Error::timed_out; zero (or less) is one run. The whole takes up
//             to one interval longer. The max() of a chrono duration waits for ever.
//   clock     now() and sleep_for(interval); now() - now() compares with `timeout`. std::chrono,
//             or plain integer ticks, which may wrap; of less than 64 bits, they may go on by up to
//             seven eighths of their range from one look to the next. A clock that steps back, of
//             whatever kind, ends no wait early; one that is set back makes it as much longer.
//             StdClock of std_clock.hpp is one.
template <class Op, class Cond, class Interval, class Timeout, class Clock>
[[nodiscard(IOVIEW_RESULT_IS_DROPPED)]] constexpr Result<detail::PolledValue<Op>>
read_poll_timeout(Op&& op, Cond&& cond, Interval interval, Timeout timeout, Clock&& clock) {
    return detail::poll_by_clock(op, cond, interval, timeout, clock, detail::forget);
}

// The same; `last` receives each value read, so that the last one is at hand on a timeout, to print
// or to decide by. It stays untouched while `op` has only failed.
template <class Op, class Cond, class Interval, class Timeout, class Clock>
[[nodiscard(IOVIEW_RESULT_IS_DROPPED)]] constexpr Result<detail::PolledValue<Op>>
read_poll_timeout(Op&& op,
                  Cond&& cond,
                  Interval interval,
                  Timeout timeout,
                  Clock&& clock,
                  detail::PolledValue<Op>& last) {
    return detail::poll_by_clock(
        op, cond, interval, timeout, clock, [&](const auto& value) { last = value; });
}

// Polls without sleeping, where that is not allowed: `delay(interval)` in between, which may be any
// busy wait. At most `attempts` delays, so at most `attempts` + 1 runs of `op`, the last one after
// the last delay; zero (or less) is one run. A zero interval makes no delays, but counts them.
// `op`, `cond` and the outcome are as above.
template <class Op, class Cond, class Interval, std::integral Attempts, class Delay>
[[nodiscard(IOVIEW_RESULT_IS_DROPPED)]] constexpr Result<detail::PolledValue<Op>>
read_poll_timeout_atomic(
    Op&& op, Cond&& cond, Interval interval, Attempts attempts, Delay&& delay) {
    return detail::poll_by_count(op, cond, interval, attempts, delay, detail::forget);
}

// The same, with the last value read at hand.
template <class Op, class Cond, class Interval, std::integral Attempts, class Delay>
[[nodiscard(IOVIEW_RESULT_IS_DROPPED)]] constexpr Result<detail::PolledValue<Op>>
read_poll_timeout_atomic(Op&& op,
                         Cond&& cond,
                         Interval interval,
                         Attempts attempts,
                         Delay&& delay,
                         detail::PolledValue<Op>& last) {
    return detail::poll_by_count(
        op, cond, interval, attempts, delay, [&](const auto& value) { last = value; });
}

// How often to look, and for how long at most.
template <class Interval, class Timeout = Interval>
struct Timing {
    Interval interval;
    Timeout timeout;
};
template <class Interval, class Timeout>
Timing(Interval, Timeout) -> Timing<Interval, Timeout>;

// Waits until `predicate` holds for what a view of one value reads: a scalar or a register.
// Otherwise as read_poll_timeout; a read that the medium reports as failed ends the wait with its
// error.
template <class View, class Predicate, class I, class T, class Clock>
constexpr auto
wait_until(const View& view, Predicate&& predicate, Timing<I, T> timing, Clock&& clock) {
    const auto& polled = detail::polled_view(view);
    return read_poll_timeout([&] { return detail::poll_read(polled); },
                             predicate,
                             timing.interval,
                             timing.timeout,
                             clock);
}

// The same for a register at `location` in a region.
template <class View, class Location, class Predicate, class I, class T, class Clock>
constexpr auto wait_until(const View& view,
                          const Location& location,
                          Predicate&& predicate,
                          Timing<I, T> timing,
                          Clock&& clock) {
    const auto& polled = detail::polled_view(view);
    return read_poll_timeout([&] { return detail::poll_read(polled, location); },
                             predicate,
                             timing.interval,
                             timing.timeout,
                             clock);
}

// The same for a register found by its type: `io::wait_until<Status>(region, …)`.
template <class R, class View, class Predicate, class I, class T, class Clock>
constexpr auto
wait_until(const View& view, Predicate&& predicate, Timing<I, T> timing, Clock&& clock) {
    return read_poll_timeout(
        detail::register_reader<R>(view), predicate, timing.interval, timing.timeout, clock);
}

} // namespace ioview
