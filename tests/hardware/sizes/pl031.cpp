// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PL031 real time clock: identify, set, wait for the alarm, by the driver of the examples.
#include "../../../examples/drivers/pl031.hpp"

#include <ioview/poll.hpp>

#include "board.hpp"

namespace {
consteval auto rtc() {
    return device<pl031::Pl031>(0x0901'0000);
}
std::uint32_t wake_at = 10;
} // namespace

extern "C" int rtc_start() {
    if (const io::Error none = pl031::identify(rtc()).error_or(io::Error{}); none != io::Error{})
        return static_cast<int>(none);
    pl031::set_time(rtc(), 0);
    pl031::set_alarm(rtc(), wake_at);
    return 0;
}

extern "C" int rtc_wait() {
    Clock clock;
    const io::Result<> up = io::wait_until<pl031::Ris>(
                                rtc(),
                                [](pl031::Ris now) { return now.alarm(); },
                                io::Timing{std::uint64_t{10}, std::uint64_t{1'000'000}},
                                clock)
                                .transform([](pl031::Ris) {});
    return static_cast<int>(up.error_or(io::Error{}));
}

extern "C" void rtc_clear_alarm() {
    pl031::clear_alarm(rtc());
}

extern "C" int program() {
    wake_at += 10;
    if (const int status = rtc_start())
        return status;
    if (const int status = rtc_wait())
        return status;
    rtc_clear_alarm();
    return 0;
}
