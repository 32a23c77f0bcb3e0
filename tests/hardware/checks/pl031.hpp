// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of a PL031.

#include "../../../examples/drivers/pl031.hpp"
#include "../support/report.hpp"

#include <cstdint>

namespace hardware {

template <io::IoOf<pl031::Pl031> Rtc, class Uart>
void check_pl031(Report& report, const Rtc& rtc, const Uart& not_a_clock) {
    report.check("pl031", "identified", [&] { return pl031::identify(rtc); });
    report.refuses("pl031", "another device is none", io::Error::no_device, [&] {
        return pl031::identify(not_a_clock);
    });
    report.check("pl031", "the time that was set", [&] {
        pl031::set_time(rtc, 1'000'000);
        const auto now = pl031::now(rtc);
        return now && *now >= 1'000'000 && *now < 1'000'010;
    });
    report.check("pl031", "an alarm comes, and goes", [&] {
        pl031::clear_alarm(rtc);
        const auto before = pl031::alarm_is_up(rtc);
        pl031::set_time(rtc, 2'000'000);
        pl031::set_alarm(rtc, 2'000'000);
        const auto up = pl031::alarm_is_up(rtc);
        pl031::clear_alarm(rtc);
        return before == false && up == true && pl031::alarm_is_up(rtc) == false;
    });
}

} // namespace hardware
