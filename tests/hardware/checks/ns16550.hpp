// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of an NS16550, by ports or in memory, whose driver prints this very report.

#include "../../../examples/drivers/ns16550.hpp"
#include "../support/report.hpp"
#include "removal.hpp"

#include <cstdint>

namespace hardware {

template <io::IoOf<Ns16550> Uart, class Driver>
void check_ns16550(Report& report, const Uart& uart, const Driver& driver) {
    report.check("ns16550", "line and FIFOs as init() left them", [&] {
        const auto line = uart.template read<ns16550::Lcr>();
        return line.wls() == ns16550::WordLength::bits8 && !line.dlab() && !line.pen() &&
               uart.template read<ns16550::Iir>().fifos_enabled() == 3u;
    });
    report.check("ns16550", "all characters are on the line", [&] { return driver.flush(); });
    report.refuses("ns16550", "nothing to receive", io::Error::busy, [&] { return driver.get(); });
    report.check("ns16550", "a character around the loop", [&] {
        uart.template update<ns16550::Mcr>([](auto now) { return now.with_loop(true); });
        const auto sent = driver.put('Z');
        const auto back = driver.get();
        uart.template update<ns16550::Mcr>([](auto now) { return now.with_loop(false); });
        return sent && back && back->data == 'Z' && !back->overrun && !back->framing;
    });
    report.refuses("ns16550", "a baud rate without a divisor", io::Error::invalid_argument, [&] {
        return driver.init(1'843'200, 0);
    });
}

// The report goes on by the same UART: its last start is one that nothing disturbs.
template <io::IoOf<Ns16550> Uart, class Clock, class Timing>
void check_ns16550_removal(Report& report, const Uart& uart, Clock& clock, Timing timing) {
    report.check("ns16550", "pulled out at any access", [&] {
        const auto use = [&](const auto& faulty) {
            const ns16550::Driver driver{faulty, clock, timing};
            return driver.init(1'843'200, 115'200).and_then([&] { return driver.flush(); });
        };
        return ends_at_any_access<Ns16550>(uart, use, is_an_error);
    });
}

} // namespace hardware
