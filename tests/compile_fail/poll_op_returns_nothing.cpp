// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the operation to poll returns nothing; return the value that the condition looks at
#include <ioview/poll.hpp>

struct Clock {
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

unsigned status();

bool drive(Clock clock) {
#ifdef IOVIEW_FIXED
    const auto op = [] { return status(); };
#else
    const auto op = [] { status(); };
#endif
    return ioview::read_poll_timeout(
               op, [](unsigned s) { return s == 1; }, 1u, 10u, clock)
        .has_value();
}
