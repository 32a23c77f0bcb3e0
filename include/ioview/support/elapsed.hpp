// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/poll.hpp>
// Part of <ioview/poll.hpp>, which is the one to include.
#pragma once
// Time by any clock: how long a timeout is in its ticks, and how much has passed.
//
//   Elapsed<std::uint32_t> elapsed(clock.now());

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ioview::detail {

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

} // namespace ioview::detail
