// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The clock of the C++ library for the functions of poll.hpp.
//
//   io::read_poll_timeout(op, cond, 10us, 1ms, io::StdClock{});

#if !__STDC_HOSTED__
#error "ioview/std_clock.hpp needs a hosted implementation; poll.hpp takes any clock"
#endif

#include <chrono>
#include <thread>

namespace ioview {

// Steady time, and sleep by the operating system (which may take longer than asked).
struct StdClock {
    using duration = std::chrono::steady_clock::duration;

    // What the functions of poll.hpp ask of a clock.
    [[nodiscard]] static std::chrono::steady_clock::time_point now() noexcept {
        return std::chrono::steady_clock::now();
    }
    template <class Rep, class Period>
    static void sleep_for(std::chrono::duration<Rep, Period> duration) {
        std::this_thread::sleep_for(duration);
    }
};

} // namespace ioview
