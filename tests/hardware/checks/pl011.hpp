// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of a PL011 whose driver prints this very report.

#include "../../../examples/drivers/pl011.hpp"
#include "../support/report.hpp"

#include <cstdint>

namespace hardware {

template <io::IoOf<Pl011> Uart, class Driver>
void check_pl011(Report& report, const Uart& uart, const Driver& driver) {
    report.check("pl011", "identification registers", [&] {
        return uart.template read<pl011::PeriphId0>().part_number0() == 0x11u &&
               uart.template read<pl011::PeriphId1>().designer0() == 0x1u &&
               uart.template read<pl011::PeriphId2>().designer1() == 0x4u &&
               uart.read(pl011::PCellId::at(0)).id() == 0x0du &&
               uart.read(pl011::PCellId::at(3)).id() == 0xb1u;
    });
    report.check("pl011", "divisors and line control as init() left them", [&] {
        return uart.template read<pl011::Ibrd>().baud_divint() == 13u &&
               uart.template read<pl011::Fbrd>().baud_divfrac() == 1u &&
               uart.template read<pl011::LcrH>().wlen() == pl011::WordLength::bits8 &&
               uart.template read<pl011::Cr>().uarten();
    });
    report.check("pl011", "all characters are on the line", [&] { return driver.flush(); });
    report.refuses("pl011", "nothing to receive", io::Error::busy, [&] { return driver.get(); });
    report.refuses("pl011", "a baud rate without a divisor", io::Error::invalid_argument, [&] {
        return driver.init({.clock_hz = 24'000'000, .baud = 0});
    });
}

} // namespace hardware
