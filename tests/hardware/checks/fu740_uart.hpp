// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of SiFive's UART, whose driver prints this very report.

#include "../../../examples/drivers/fu740_uart.hpp"
#include "../support/report.hpp"
#include "removal.hpp"

#include <cstdint>

namespace hardware {

// Of a UART that was set up with this divisor, and one stop bit.
template <io::IoOf<fu740::Uart> Uart, class Driver>
void check_fu740_uart(Report& report,
                      const Uart& uart,
                      const Driver& driver,
                      std::uint16_t divisor) {
    namespace regs = fu740::uart;
    report.check("fu740-uart", "as init() left it", [&] {
        const auto sender = uart.template read<regs::Txctrl>();
        return IO_GET(sender, txen) && IO_GET(sender, txcnt) == 1u &&
               IO_GET(sender, nstop) == fu740::StopBits::one &&
               IO_GET(uart.template read<regs::Rxctrl>(), rxen) &&
               IO_GET(uart.template read<regs::Div>(), div) == divisor &&
               uart.template read<regs::Ie>().raw() == 0;
    });
    report.check("fu740-uart", "all characters have left the FIFO", [&] { return driver.flush(); });
    report.refuses(
        "fu740-uart", "nothing to receive", io::Error::busy, [&] { return driver.get(); });
    report.check("fu740-uart", "an interrupt is let through and kept back", [&] {
        IO_MODIFY(uart, regs::Ie, rxwm(true));
        const auto let_through = uart.template read<regs::Ie>();
        IO_MODIFY(uart, regs::Ie, rxwm(false));
        return IO_GET(let_through, rxwm) && !IO_GET(let_through, txwm) &&
               uart.template read<regs::Ie>().raw() == 0;
    });
    report.refuses("fu740-uart", "a baud rate without a divisor", io::Error::invalid_argument, [&] {
        return driver.init({.clock_hz = 16, .baud = 1});
    });
}

// Of another UART, to which a line comes: out it goes again, while more of it than the FIFO takes
// waits. run.py compares.
template <class Driver, class Clock>
void check_fu740_uart_line(Report& report,
                           const Driver& driver,
                           const fu740::UartConfig& config,
                           Clock& clock) {
    report.check("fu740-uart", "a line that comes goes out again", [&]() -> io::Result<> {
        if (auto ready = driver.init(config); !ready)
            return ready;
        for (const auto start = clock.now(); clock.now() - start < 1'000'000;) {
            const auto received = driver.get();
            if (!received && received.error() != io::Error::busy)
                return io::fail(received.error());
            if (!received)
                continue;
            if (auto sent = driver.put(*received); !sent)
                return sent;
            if (*received == '\n')
                return driver.flush();
        }
        return io::fail(io::Error::timed_out);
    });
}

// The report goes on by the same UART: its last start is one that nothing disturbs.
template <io::IoOf<fu740::Uart> Uart, class Clock, class Timing>
void check_fu740_uart_removal(Report& report, const Uart& uart, Clock& clock, Timing timing) {
    report.check("fu740-uart", "pulled out at any access", [&] {
        const auto use = [&](const auto& faulty) {
            const fu740::UartDriver driver{faulty, clock, timing};
            return driver.init({.clock_hz = 130'000'000}).and_then([&] { return driver.flush(); });
        };
        return ends_at_any_access<fu740::Uart>(uart, use, is_an_error);
    });
}

} // namespace hardware
