// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the condition must take the value read and return bool
#include <ioview/poll.hpp>

struct Clock {
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

unsigned status();

bool drive() {
#ifdef IOVIEW_FIXED
    const auto ready = [](unsigned s) { return s == 0x20; };
#else
    const auto ready = [](const char* s) { return s != nullptr; };
#endif
    return ioview::read_poll_timeout_atomic(status, ready, 1u, 10, [](unsigned) {}).has_value();
}
