// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a clock for polling has now\(\) and sleep_for\(interval\), in the units
#include <ioview/backoff.hpp>
#include <ioview/std_clock.hpp>

namespace io = ioview;
using namespace std::chrono_literals;

bool drive() {
    const auto op = [] { return 1; };
    const auto one = [](int value) { return value == 1; };
#ifdef IOVIEW_FIXED
    const io::Backoff backoff{10us, 1ms};
#else
    const io::Backoff backoff{10, 1'000};
#endif
    return io::read_poll_timeout(op, one, backoff, 1s, io::StdClock{}).has_value();
}
