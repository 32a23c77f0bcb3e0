// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Backoff: an interval for polling that doubles after each sleep, up to a longest one.
//
//   auto ready = io::wait_until<Status>(region, [](Status s) { return s.ready(); },
//                                       io::Timing{io::Backoff{1us, 1ms}, 1s}, clock);

#include <ioview/error.hpp>
#include <ioview/io/polling.hpp>
#include <ioview/poll.hpp> // IWYU pragma: export

#include <concepts>
#include <type_traits>
#include <utility>

namespace ioview {

// Goes wherever the functions of poll.hpp take an interval, in its units. The first sleep is
// `first`, each further one twice the one before, none longer than `longest`; what is to be polled
// without sleeping at all is a plain interval of zero. Each wait begins with `first` again. The
// whole wait takes up to the sleep it is in longer than its timeout, so up to `longest`.
template <class Interval>
struct Backoff {
    Interval first;
    Interval longest;
};
template <class First, class Longest> // as the ?: of both: microseconds of 10us and 1ms
Backoff(First, Longest) -> Backoff<
    std::remove_cvref_t<decltype(true ? std::declval<First>() : std::declval<Longest>())>>;

namespace detail {

// The interval that is next, of one wait.
template <class Interval>
class Doubling {
public:
    constexpr explicit Doubling(const Backoff<Interval>& given)
        : next_(given.longest < given.first ? given.longest : given.first),
          longest_(given.longest) {}

    constexpr Interval take() {
        const Interval now = next_;
        // asked by what is left, so that nothing is doubled past its range
        next_ = longest_ - now < now ? longest_ : static_cast<Interval>(now + now);
        return now;
    }

private:
    Interval next_;
    Interval longest_;
};

// A clock for one wait: it sleeps for its own interval, whatever it is told.
template <class Clock, class Interval>
class BackoffClock {
public:
    constexpr BackoffClock(Clock& clock, const Backoff<Interval>& given)
        : clock_(clock), doubling_(given) {}

    constexpr auto now()
        requires requires(Clock& clock) { clock.now(); }
    {
        return clock_.now();
    }
    constexpr void sleep_for(Interval)
        requires requires(Clock& clock, Interval interval) { clock.sleep_for(interval); }
    {
        clock_.sleep_for(doubling_.take());
    }

private:
    Clock& clock_;
    Doubling<Interval> doubling_;
};

} // namespace detail

// read_poll_timeout and read_poll_timeout_atomic of poll.hpp, and with them wait_until, wait_any
// and wait_all, which call these.
template <class Op, class Cond, class Interval, class Timeout, class Clock>
[[nodiscard]] constexpr Result<detail::PolledValue<Op>>
read_poll_timeout(Op&& op, Cond&& cond, Backoff<Interval> backoff, Timeout timeout, Clock&& clock) {
    return read_poll_timeout(
        op, cond, backoff.first, timeout, detail::BackoffClock{clock, backoff});
}
template <class Op, class Cond, class Interval, class Timeout, class Clock>
[[nodiscard]] constexpr Result<detail::PolledValue<Op>>
read_poll_timeout(Op&& op,
                  Cond&& cond,
                  Backoff<Interval> backoff,
                  Timeout timeout,
                  Clock&& clock,
                  detail::PolledValue<Op>& last) {
    return read_poll_timeout(
        op, cond, backoff.first, timeout, detail::BackoffClock{clock, backoff}, last);
}
template <class Op, class Cond, class Interval, std::integral Attempts, class Delay>
[[nodiscard]] constexpr Result<detail::PolledValue<Op>> read_poll_timeout_atomic(
    Op&& op, Cond&& cond, Backoff<Interval> backoff, Attempts attempts, Delay&& delay) {
    detail::Doubling<Interval> doubling(backoff);
    return read_poll_timeout_atomic(
        op, cond, backoff.first, attempts, [&](Interval) { delay(doubling.take()); });
}
template <class Op, class Cond, class Interval, std::integral Attempts, class Delay>
[[nodiscard]] constexpr Result<detail::PolledValue<Op>>
read_poll_timeout_atomic(Op&& op,
                         Cond&& cond,
                         Backoff<Interval> backoff,
                         Attempts attempts,
                         Delay&& delay,
                         detail::PolledValue<Op>& last) {
    detail::Doubling<Interval> doubling(backoff);
    return read_poll_timeout_atomic(
        op, cond, backoff.first, attempts, [&](Interval) { delay(doubling.take()); }, last);
}

} // namespace ioview
