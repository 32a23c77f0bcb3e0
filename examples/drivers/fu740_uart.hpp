// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A polled driver of SiFive's UART, of the FE310, the FU540 and the FU740, on registers that
// ioview-gen made of register_maps/fu740_uart.svd. Of a UART that has gone: no_device.
//
//   fu740::UartDriver uart{io::Mmio<fu740::Uart>::from_raw(raw), clock, timing};
//   if (auto ready = uart.init({.clock_hz = 130'000'000, .baud = 115'200}); !ready) …
//   uart.put('A');

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>

#include "../register_maps/generated/fu740_uart/uart.hpp"

#include <cstdint>

namespace fu740 {

using StopBits = uart::Txctrl::StopBits;

struct UartConfig {
    std::uint32_t clock_hz = 0; // of the bus, "pclk"
    std::uint32_t baud = 115'200;
    StopBits stop_bits = StopBits::one;
};

// What goes into div, rounded; invalid_argument where the receiver would not sample often enough,
// or the register cannot say it.
constexpr io::Result<std::uint16_t> uart_divisor(const UartConfig& config) noexcept {
    if (config.baud == 0)
        return io::fail(io::Error::invalid_argument);
    const std::uint64_t cycles =
        (std::uint64_t{config.clock_hz} + config.baud / 2) / config.baud; // a bit's
    if (cycles < 17 || cycles > 0x1'0000)
        return io::fail(io::Error::invalid_argument);
    return static_cast<std::uint16_t>(cycles - 1);
}

template <io::IoOf<Uart> View, class Clock, class Timing>
class UartDriver {
public:
    // Clock and timing as io::wait_until() takes them; the clock outlives the driver.
    constexpr UartDriver(View view, Clock& clock, Timing timing) noexcept
        : view_(view), clock_(&clock), timing_(timing) {}

    // 8 data bits, no parity, no interrupts. txwm says from then on that the transmit FIFO is
    // empty.
    constexpr io::Result<> init(const UartConfig& config) const noexcept {
        const auto divisor = uart_divisor(config);
        if (!divisor)
            return io::fail(divisor.error());
        view_.write(uart::Ie{});
        view_.write(IO_VALUE(uart::Div, div(*divisor)));
        view_.write(IO_VALUE(uart::Txctrl, txcnt(1u), nstop(config.stop_bits), txen(true)));
        view_.write(IO_VALUE(uart::Rxctrl, rxen(true)));
        return io::check_present(view_.template try_read<uart::Ip>()).transform([](auto) {});
    }

    // Waits for room in the transmit FIFO.
    constexpr io::Result<> put(std::uint8_t c) const noexcept {
        return wait<uart::Txdata>([](auto now) { return !IO_GET(now, full); }).and_then([&](auto) {
            return view_.try_write(IO_VALUE(uart::Txdata, data(c)));
        });
    }

    // busy when nothing has come: the one read says so, and takes the character.
    constexpr io::Result<std::uint8_t> get() const noexcept {
        const auto entry = io::check_present(view_.template try_read<uart::Rxdata>());
        if (!entry)
            return io::fail(entry.error());
        if (IO_GET(*entry, empty))
            return io::fail(io::Error::busy);
        return static_cast<std::uint8_t>(IO_GET(*entry, data));
    }

    // The transmit FIFO is empty; the last character may be on its way still.
    constexpr io::Result<> flush() const noexcept {
        return wait<uart::Ip>([](auto pending) { return IO_GET(pending, txwm); })
            .transform([](auto) {});
    }

private:
    template <class R, class Condition>
    constexpr io::Result<R> wait(Condition condition) const noexcept {
        const auto is_over = [&](auto now) { return io::is_gone(now) || condition(now); };
        return io::check_present(io::wait_until<R>(view_, is_over, timing_, *clock_));
    }

    View view_;
    Clock* clock_;
    Timing timing_;
};

} // namespace fu740
