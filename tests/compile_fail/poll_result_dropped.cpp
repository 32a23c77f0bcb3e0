// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a failure would go unseen
// flags: -Werror=unused-result
#include <ioview/error.hpp>
#include <ioview/poll.hpp>

struct Clock {
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

unsigned status();

void drive(Clock clock) {
    const auto ready = [](unsigned s) { return s == 1; };
#ifdef IOVIEW_FIXED
    if (!ioview::read_poll_timeout(status, ready, 1u, 10u, clock))
        ioview::panic("never ready");
#else
    ioview::read_poll_timeout(status, ready, 1u, 10u, clock);
#endif
}
