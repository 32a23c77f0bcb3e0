// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: there is nothing to wait for, or more than 32 conditions
#include <ioview/wait_several.hpp>

struct Clock {
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

unsigned status();

bool drive(Clock clock) {
#ifdef IOVIEW_FIXED
    const auto ready = ioview::when([] { return status(); }, [](unsigned s) { return s == 1; });
    return ioview::wait_all(ioview::Timing{1u, 10u}, clock, ready).has_value();
#else
    return ioview::wait_all(ioview::Timing{1u, 10u}, clock).has_value();
#endif
}
