// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/poll.hpp>
// Part of <ioview/poll.hpp>, which is the one to include.
#pragma once
// The loops of poll.hpp: what is run, what ends it, and how a register is read for it.
//
//   poll_sleeping(op, cond, interval, timeout, clock, forget);

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/io/wire.hpp>
#include <ioview/presence.hpp>
#include <ioview/support/elapsed.hpp>

#include <type_traits>
#include <utility>

namespace ioview::detail {

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

// No lambda: it would be another type where the header is imported and included.
struct Forget {
    constexpr void operator()(const auto&) const noexcept {}
};
inline constexpr Forget forget;

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

} // namespace ioview::detail
