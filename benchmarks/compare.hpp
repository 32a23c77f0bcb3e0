// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The same work done by ioview and by hand, taking turns. A line of a table: how many nanoseconds
// a call takes either way, and the ratio of the speeds (1.00: as fast, 2.00: ioview is twice as
// fast) as the median and the quartiles of all turns.
//
//   bench::heading();
//   bench::compare("copy_to", "SysMem", 64, [&] { view.copy_to(to); }, [&] { memcpy(…); });

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>

namespace bench {

inline constexpr std::size_t turns = 21;

// Of `calls` calls, the least of three times, so that an interruption does not count. f has to keep
// the compiler from doing less than it says.
template <class F>
double nanoseconds_a_call(std::size_t calls, F&& f) {
    using Clock = std::chrono::steady_clock;
    double least = 1e18;
    for (int i = 0; i < 3; ++i) {
        const auto start = Clock::now();
        for (std::size_t call = 0; call < calls; ++call) {
            f();
            asm volatile("" ::: "memory");
        }
        const std::chrono::duration<double, std::nano> time = Clock::now() - start;
        least = std::min(least, time.count());
    }
    return least / static_cast<double>(calls);
}

inline void heading() {
    std::puts("what\tof\tsize\tioview_ns\tby_hand_ns\tratio\tlow\thigh\tturns");
}

template <class Ioview, class ByHand>
void compare(
    const char* what, const char* of, std::size_t size, Ioview&& ioview, ByHand&& by_hand) {
    std::size_t calls = 1;
    while (nanoseconds_a_call(calls, by_hand) * static_cast<double>(calls) < 60'000)
        calls *= 2;
    std::array<double, turns> viewed{};
    std::array<double, turns> hand{};
    std::array<double, turns> ratio{};
    for (std::size_t turn = 0; turn < turns; ++turn) {
        if (turn % 2 == 0)
            viewed[turn] = nanoseconds_a_call(calls, ioview);
        hand[turn] = nanoseconds_a_call(calls, by_hand);
        if (turn % 2 != 0)
            viewed[turn] = nanoseconds_a_call(calls, ioview);
        ratio[turn] = hand[turn] / viewed[turn];
    }
    for (auto* const each : {&viewed, &hand, &ratio})
        std::sort(each->begin(), each->end());
    std::printf("%s\t%s\t%zu\t%.2f\t%.2f\t%.3f\t%.3f\t%.3f\t%zu\n",
                what,
                of,
                size,
                viewed[turns / 2],
                hand[turns / 2],
                ratio[turns / 2],
                ratio[turns / 4],
                ratio[turns - 1 - turns / 4],
                turns);
}

} // namespace bench
