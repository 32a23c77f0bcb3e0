// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the condition must take the value read and return bool; for a mask write .value & mask.
// != 0
#include <ioview/poll.hpp>

struct Clock {
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

unsigned status();

bool drive(Clock clock) {
#ifdef IOVIEW_FIXED
    const auto ready = [](unsigned s) { return (s & 0x20) != 0; };
#else
    const auto ready = [](unsigned s) { return s & 0x20; };
#endif
    return ioview::read_poll_timeout(status, ready, 1u, 10u, clock).has_value();
}
