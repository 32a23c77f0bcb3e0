// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a clock for polling has now.. and sleep_for.interval., in the units of the interval and
// the timeout given
#include <ioview/poll.hpp>

struct Clock {
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

unsigned status();

struct Micros {
    int count;
    friend bool operator<(Micros a, Micros b) { return a.count < b.count; }
};

bool drive(Clock clock) {
#ifdef IOVIEW_FIXED
    const unsigned interval = 10, timeout = 1'000;
#else
    const Micros interval{10}, timeout{1'000};
#endif
    return ioview::read_poll_timeout(
               status, [](unsigned s) { return s == 1; }, interval, timeout, clock)
        .has_value();
}
