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
#include <ioview/io/register_access.hpp>
#include <ioview/io/wire.hpp>
#include <ioview/presence.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ioview {
namespace detail {

// What `op` yields: the value of its Result, or what it returns. A bool stands in for nothing,
// which is refused below.
template <class T>
struct Polled {
    using Value = T;
};
template <class T>
    requires requires { requires std::is_same_v<Result<typename T::value_type>, T>; }
struct Polled<T> {
    using Value = typename T::value_type;
};
template <class Op>
struct PolledBy {
    using Maybe = typename Polled<std::remove_cvref_t<decltype(std::declval<Op&>()())>>::Value;
    using Value = std::conditional_t<std::is_void_v<Maybe>, bool, Maybe>;
};
template <class Op>
using PolledValue = typename PolledBy<Op>::Value;

template <class Op>
inline constexpr bool op_yields_a_value = !std::is_void_v<typename PolledBy<Op>::Maybe>;

template <class Cond, class T>
inline constexpr bool cond_says_bool = false;
template <class Cond, class T>
    requires requires(Cond& cond, const T& value) { cond(value); }
inline constexpr bool cond_says_bool<Cond, T> =
    std::is_same_v<std::remove_cvref_t<decltype(std::declval<Cond&>()(std::declval<const T&>()))>,
                   bool>;

template <class Clock, class Interval, class Timeout>
inline constexpr bool clock_measures = requires(Clock& clock, Interval interval, Timeout timeout) {
    clock.sleep_for(interval);
    static_cast<bool>(clock.now() - clock.now() < timeout);
};

// Checks the callables once, in words; the rest of a poll function is compiled only if they are
// right.
template <class Op, class Cond>
consteval bool check_poll() {
    static_assert(
        op_yields_a_value<Op>,
        "ioview: the operation to poll returns nothing; return the value that the condition looks "
        "at");
    static_assert(
        !op_yields_a_value<Op> || cond_says_bool<Cond, PolledValue<Op>>,
        "ioview: the condition must take the value read and return bool; for a mask write "
        "(value & mask) != 0");
    return op_yields_a_value<Op> && cond_says_bool<Cond, PolledValue<Op>>;
}

// std::chrono's durations and time points of integers, known by their parts: <chrono> is not ours.
template <class D>
concept IntegerDuration = requires(D duration) {
    { duration.count() } -> std::integral;
    D::period::num;
    D::period::den;
};
template <class T>
concept IntegerTime = requires(T time) {
    { time.time_since_epoch() } -> IntegerDuration;
};

template <class Now, class Timeout>
inline constexpr bool counts_in_integers =
    (IntegerTime<Now> || IntegerDuration<Now>)&&IntegerDuration<Timeout>;

// The number of a time that is one.
template <class Now>
constexpr auto ticks_of(const Now& now) {
    if constexpr (IntegerTime<Now>)
        return now.time_since_epoch().count();
    else
        return now.count();
}

inline constexpr std::uint64_t endless = ~std::uint64_t{0};

consteval std::uint64_t greatest_divisor(std::uint64_t a, std::uint64_t b) {
    while (b != 0)
        a = std::exchange(b, a % b);
    return a;
}
// a * b, or endless.
constexpr std::uint64_t times(std::uint64_t a, std::uint64_t b) {
    return a > endless / b ? endless : a * b;
}

// The timeout, above 0, in units of now() - now(), rounded up: endless where it has no end or more
// than 64 bits of them. What is no duration is a number of those already.
template <class Now, class Timeout>
constexpr auto limit_of(Timeout timeout) {
    if constexpr (counts_in_integers<Now, Timeout>) {
        if (!(timeout < (Timeout::max)()))
            return endless;
        using From = typename Timeout::period;
        using To = typename decltype(std::declval<Now>() - std::declval<Now>())::period;
        constexpr auto part = [](auto n) { return static_cast<std::uint64_t>(n); };
        constexpr std::uint64_t nums = greatest_divisor(part(From::num), part(To::num));
        constexpr std::uint64_t dens = greatest_divisor(part(From::den), part(To::den));
        constexpr std::uint64_t up = times(part(From::num) / nums, part(To::den) / dens);
        constexpr std::uint64_t down = times(part(To::num) / nums, part(From::den) / dens);
        const std::uint64_t whole = times(part(timeout.count()), up);
        return whole == endless ? endless : whole / down + (whole % down != 0 ? 1u : 0u);
    } else {
        return timeout;
    }
}

// Time since construction, by any clock that may step back: the counters of two processors differ,
// and clocks are set. Before the start no time has passed.
template <class Now>
class Elapsed {
public:
    constexpr explicit Elapsed(Now start) : start_(start) {}
    template <class Timeout>
    constexpr bool reached(Now now, Timeout timeout) const {
        if constexpr (requires { requires std::is_same_v<decltype((Timeout::max)()), Timeout>; }) {
            if (!(timeout < (Timeout::max)()))
                return false;
        }
        return !(now - start_ < timeout);
    }

private:
    Now start_;
};

// Integer ticks may wrap, and are summed up step by step: what looks like more than seven eighths
// of their range from one look to the next is a step back.
template <std::integral Now>
class Elapsed<Now> {
    using Ticks = std::make_unsigned_t<Now>;
    static constexpr std::int64_t range = std::int64_t{1} << sizeof(Now) * 8;

public:
    constexpr explicit Elapsed(Now start) : last_(static_cast<Ticks>(start)) {}
    template <class Timeout>
    constexpr bool reached(Now now, Timeout timeout) {
        const std::int64_t step = static_cast<Ticks>(static_cast<Ticks>(now) - last_);
        last_ = static_cast<Ticks>(now);
        sum_ += step < range / 8 * 7 ? step : step - range;
        if constexpr (std::integral<Timeout>)
            return std::cmp_greater_equal(sum_, timeout);
        else
            return !(static_cast<Timeout>(sum_) < timeout);
    }

private:
    Ticks last_;
    std::int64_t sum_ = 0;
};

// Ticks of 64 bits, which nobody sees wrap twice: no sum, for the size of the loop.
template <std::integral Now>
    requires(sizeof(Now) == 8)
class Elapsed<Now> {
public:
    constexpr explicit Elapsed(Now start) : start_(static_cast<std::uint64_t>(start)) {}
    template <class Timeout>
    constexpr bool reached(Now now, Timeout timeout) const {
        const auto passed = static_cast<std::int64_t>(static_cast<std::uint64_t>(now) - start_);
        if constexpr (std::integral<Timeout>)
            return !std::cmp_greater(timeout, INT64_MAX) &&
                   passed >= static_cast<std::int64_t>(timeout);
        else
            return !(static_cast<Timeout>(passed) < timeout);
    }

private:
    std::uint64_t start_;
};

// Runs `op` until `cond` holds; `again` waits and says whether there is another run.
template <class Op, class Cond, class Again, class Note>
[[nodiscard]] constexpr Result<PolledValue<Op>>
poll_loop(Op& op, Cond& cond, Again again, Note note) {
    using Value = PolledValue<Op>;
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(op())>, Value>) {
        for (;;) { // no Result until the end: half the instructions of the loop
            Value value = op();
            note(std::as_const(value));
            if (has_gone(value)) [[unlikely]]
                return fail(Error::no_device);
            if (!cond(std::as_const(value))) { // in this order: the least text at -Os
                if (again())
                    continue;
                return fail(Error::timed_out);
            }
            return Result<Value>{std::move(value)};
        }
    }
    for (;;) {
        Result<Value> value = op();
        if (!value)
            return value;
        note(*value);
        if (has_gone(*value)) [[unlikely]]
            return fail(Error::no_device);
        if (cond(std::as_const(*value)))
            return value;
        if (!again())
            return fail(Error::timed_out);
    }
}

template <class Op, class Cond, class Interval, class Timeout, class Clock, class Note>
[[nodiscard]] constexpr Result<PolledValue<Op>>
poll_by_clock(Op& op, Cond& cond, Interval interval, Timeout timeout, Clock& clock, Note note) {
    static_assert(
        clock_measures<Clock, Interval, Timeout>,
        "ioview: a clock for polling has now() and sleep_for(interval), in the units of the "
        "interval and the timeout given");
    if constexpr (check_poll<Op, Cond>() && clock_measures<Clock, Interval, Timeout>) {
        using Now = std::remove_cvref_t<decltype(clock.now())>;
        constexpr auto at = [](const Now& now) {
            if constexpr (counts_in_integers<Now, Timeout>)
                return ticks_of(now);
            else
                return now;
        };
        const auto limit = limit_of<Now>(timeout);
        Elapsed<decltype(at(clock.now()))> elapsed(at(clock.now()));
        int time_is_up = !(Timeout{} < timeout); // RISC-V extends a bool in each round
        const auto again = [&] {
            if (time_is_up)
                return false;
            if (Interval{} < interval)
                clock.sleep_for(interval);
            // asked before `op` runs once more, so that what came true during the sleep is seen
            time_is_up = elapsed.reached(at(clock.now()), limit);
            return true;
        };
        return poll_loop(op, cond, again, note);
    } else {
        return fail(Error::invalid_argument);
    }
}

template <class Op, class Cond, class Interval, class Attempts, class Delay, class Note>
[[nodiscard]] constexpr Result<PolledValue<Op>>
poll_by_count(Op& op, Cond& cond, Interval interval, Attempts attempts, Delay& delay, Note note) {
    if constexpr (check_poll<Op, Cond>()) {
        const auto again = [&] {
            if (!(Attempts{} < attempts))
                return false;
            --attempts;
            if (Interval{} < interval)
                delay(interval);
            return true;
        };
        return poll_loop(op, cond, again, note);
    } else {
        return fail(Error::invalid_argument);
    }
}

inline constexpr auto forget = [](const auto&) {};

// The view of what is waited for; what is no view or owner is taken as it is.
template <class V>
IOVIEW_INLINE constexpr decltype(auto) polled_view(const V& io) {
    if constexpr (IoBase<V>)
        return io.as_view();
    else
        return (io);
}

// One fallible read of a view, at a place in it or of the whole; of a view that cannot fail, the
// plain read.
template <class View, class... Where>
constexpr auto poll_read(const View& view, const Where&... where) {
    if constexpr (requires { view.try_read(where...); })
        return view.try_read(where...);
    else
        return view.read(where...);
}

// The same of a register found by its type, as an operation to poll: of a view
// that cannot fail there, the plain read.
template <class R, class View>
IOVIEW_INLINE constexpr auto register_reader(const View& view) {
    if constexpr (IoBase<View>) {
        using Target = typename View::Target;
        using At = typename R::Register::At;
        using Word = typename Wire<typename R::Register::StoredAs>::Word;
        constexpr AccessFault fault = location_fault(is_block_of<typename At::Block, Target>,
                                                     At::end,
                                                     sizeof(R),
                                                     min_size_of<Target>,
                                                     min_align_of<Target>);
        if constexpr (fault == AccessFault::none && !has_try_io_read<typename View::Backend, Word>)
            return [at = view.as_view()] { return at.template read<R>(); };
        else
            return [at = view.as_view()] { return at.template try_read<R>(); };
    } else {
        return [&view] { return view.template try_read<R>(); };
    }
}

} // namespace detail

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
[[nodiscard]] constexpr Result<detail::PolledValue<Op>>
read_poll_timeout(Op&& op, Cond&& cond, Interval interval, Timeout timeout, Clock&& clock) {
    return detail::poll_by_clock(op, cond, interval, timeout, clock, detail::forget);
}

// The same; `last` receives each value read, so that the last one is at hand on a timeout, to print
// or to decide by. It stays untouched while `op` has only failed.
template <class Op, class Cond, class Interval, class Timeout, class Clock>
[[nodiscard]] constexpr Result<detail::PolledValue<Op>>
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
[[nodiscard]] constexpr Result<detail::PolledValue<Op>> read_poll_timeout_atomic(
    Op&& op, Cond&& cond, Interval interval, Attempts attempts, Delay&& delay) {
    return detail::poll_by_count(op, cond, interval, attempts, delay, detail::forget);
}

// The same, with the last value read at hand.
template <class Op, class Cond, class Interval, std::integral Attempts, class Delay>
[[nodiscard]] constexpr Result<detail::PolledValue<Op>>
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
