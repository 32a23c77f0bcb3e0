// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of the CMSDK's UART, whose driver prints this very report, and timer.

#include "../../../examples/drivers/cmsdk.hpp"
#include "../support/report.hpp"

#include <cstdint>

namespace hardware {

template <io::IoOf<cmsdk::Uart> View>
void check_cmsdk_uart(Report& report, const View& uart) {
    report.check("cmsdk-uart", "divisor and enables as init() left them", [&] {
        const auto ctrl = uart.template read<cmsdk::Ctrl>();
        return uart.template read<cmsdk::BaudDiv>().divisor() == 25'000'000u / 115'200 &&
               ctrl.tx_enable() && ctrl.rx_enable() && !ctrl.tx_interrupt();
    });
    report.refuses(
        "cmsdk-uart", "nothing to receive", io::Error::busy, [&] { return cmsdk::get(uart); });
    report.refuses("cmsdk-uart", "a baud rate without a divisor", io::Error::invalid_argument, [&] {
        return cmsdk::init(uart, 25'000'000, 25'000'000);
    });
    report.check("cmsdk-uart", "the transmit interrupt, cleared by a one and by it alone", [&] {
        uart.template update<cmsdk::Ctrl>([](auto now) { return now.with_tx_interrupt(true); });
        uart.write(cmsdk::Data{}.with_sent(' '));
        bool came = false;
        for (unsigned i = 0; i < 1'000'000 && !came; ++i)
            came = uart.template read<cmsdk::IntStatus>().tx();
        uart.template update<cmsdk::IntStatus>([](auto now) { return now; }); // writes zeros
        const bool kept = uart.template read<cmsdk::IntStatus>().tx();
        uart.template update<cmsdk::IntStatus>([](auto now) { return now.with_tx(true); });
        const bool cleared = !uart.template read<cmsdk::IntStatus>().tx();
        uart.template update<cmsdk::Ctrl>([](auto now) { return now.with_tx_interrupt(false); });
        return came && kept && cleared;
    });
}

// not_a_timer: the registers of something else.
template <io::IoOf<cmsdk::Timer> View, class Clock>
void check_cmsdk_timer(Report& report, const View& timer, const View& not_a_timer, Clock& clock) {
    report.check("cmsdk-timer", "identified", [&] { return cmsdk::identify_timer(timer); });
    report.refuses("cmsdk-timer", "another device is none", io::Error::no_device, [&] {
        return cmsdk::identify_timer(not_a_timer);
    });
    report.check("cmsdk-timer", "counts down", [&] {
        cmsdk::start(timer, 0xffff'0000);
        const std::uint32_t first = timer.template read<cmsdk::TimerValue>().ticks();
        std::uint32_t later = first;
        for (unsigned i = 0; i < 1'000'000 && later == first; ++i)
            later = timer.template read<cmsdk::TimerValue>().ticks();
        cmsdk::stop(timer);
        return later < first && cmsdk::expired(timer) == false;
    });
    report.check("cmsdk-timer", "expires, and is acknowledged", [&] {
        cmsdk::start(timer, 2'500); // 0.1 ms
        const auto done = cmsdk::wait(timer, clock);
        cmsdk::stop(timer);
        cmsdk::acknowledge(timer);
        return done && cmsdk::expired(timer) == false;
    });
    report.refuses("cmsdk-timer", "a wait for one that is stopped", io::Error::timed_out, [&] {
        return cmsdk::wait(timer, clock);
    });
}

} // namespace hardware
