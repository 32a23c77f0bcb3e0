// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// CMSDK timer: start, stop, acknowledge, wait, by the driver of the examples.
#include "../../../examples/drivers/cmsdk.hpp"
#include "board.hpp"

namespace {
constexpr auto timer = device<cmsdk::Timer>(0x4000'0000);
} // namespace

extern "C" void timer_start(std::uint32_t ticks) {
    cmsdk::start(timer, ticks);
}

extern "C" void timer_stop() {
    cmsdk::stop(timer);
}

extern "C" void timer_acknowledge() {
    cmsdk::acknowledge(timer);
}

extern "C" int timer_wait() {
    Clock clock;
    const auto done = cmsdk::wait(timer, clock);
    return static_cast<int>(done.error_or(io::Error{}));
}

namespace {
volatile std::uint32_t period = 25 * 1'000;
} // namespace
extern "C" int program() {
    timer_start(period);
    const int status = timer_wait();
    timer_acknowledge();
    timer_stop();
    return status;
}
