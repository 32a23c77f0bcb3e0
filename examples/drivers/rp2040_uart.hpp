// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A polled driver of the RP2040's UARTs, on registers that ioview-gen made of
// register_maps/rp2040_uart.svd. By its datasheet, 2.14 and 4.2. Of a UART that has gone:
// no_device.
//
//   if (auto done = rp2040::reset_uart(resets, 0, timing, clock); !done) …
//   rp2040::UartDriver uart{io::Mmio<rp2040::Uart>::from_raw(raw), clock, timing};
//   if (auto ready = uart.init({.clock_hz = 125'000'000, .baud = 115'200}); !ready) …
//   uart.put('A');

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>

#include "../register_maps/generated/rp2040_uart/resets.hpp"
#include "../register_maps/generated/rp2040_uart/uart.hpp"

#include <cstdint>

namespace rp2040 {

// Into reset and out of it, which ends whatever it did: UART 0 or 1, out_of_bounds for another.
template <io::IoOf<Resets> View, class Timing, class Clock>
constexpr io::Result<>
reset_uart(const View& view, unsigned number, Timing timing, Clock& clock) noexcept {
    if (number > 1)
        return io::fail(io::Error::out_of_bounds);
    IO_MODIFY(view, resets::Reset, uart(number, true));
    IO_MODIFY(view, resets::Reset, uart(number, false));
    const auto is_done = [=](auto done) { return io::is_gone(done) || IO_GET(done, uart, number); };
    return io::check_present(io::wait_until<resets::ResetDone>(view, is_done, timing, clock))
        .transform([](auto) {});
}

struct UartConfig {
    std::uint32_t clock_hz = 125'000'000; // clk_peri
    std::uint32_t baud = 115'200;
};

// A character with what went wrong with it.
struct UartReceived {
    std::uint8_t data = 0;
    bool overrun = false;
    bool break_seen = false;
    bool parity = false;
    bool framing = false;
};

// The divisor in 1/64, rounded; invalid_argument where the registers cannot say it.
constexpr io::Result<std::uint32_t> uart_divisor(const UartConfig& config) noexcept {
    if (config.baud == 0)
        return io::fail(io::Error::invalid_argument);
    const std::uint64_t in_64ths =
        (std::uint64_t{config.clock_hz} * 4 + config.baud / 2) / config.baud;
    if (in_64ths < 1 << 6 || in_64ths > 0xffff << 6)
        return io::fail(io::Error::invalid_argument);
    return static_cast<std::uint32_t>(in_64ths);
}

template <io::IoOf<Uart> View, class Clock, class Timing>
class UartDriver {
public:
    // Clock and timing as io::wait_until() takes them; the clock outlives the driver.
    constexpr UartDriver(View view, Clock& clock, Timing timing) noexcept
        : view_(view), clock_(&clock), timing_(timing) {}

    // Of a UART that was reset: 8 data bits, no parity, one stop bit, FIFOs, no interrupts.
    constexpr io::Result<> init(const UartConfig& config) const noexcept {
        using WordLength = uart::UartlcrH::WordLength;
        const auto divided = uart_divisor(config);
        if (!divided)
            return io::fail(divided.error());
        view_.write(IO_VALUE(uart::Uartibrd, baud_divint(Part<16>::masked(*divided >> 6))));
        view_.write(IO_VALUE(uart::Uartfbrd, baud_divfrac(Part<6>::masked(*divided))));
        view_.write(IO_VALUE(uart::UartlcrH, wlen(WordLength::bits8), fen(true)));
        view_.write(uart::Uartimsc{});
        view_.write(IO_VALUE(uart::Uartcr, rxe(true), txe(true), uarten(true)));
        return io::check_present(view_.template try_read<uart::Uartfr>()).transform([](auto) {});
    }

    // Waits for room in the transmit FIFO.
    constexpr io::Result<> put(std::uint8_t c) const noexcept {
        return wait([](auto flags) { return !IO_GET(flags, txff); }).and_then([&](auto) {
            return view_.try_write(IO_VALUE(uart::Uartdr, data_write(c)));
        });
    }

    // busy when nothing has come: UARTDR is not read then.
    constexpr io::Result<UartReceived> get() const noexcept {
        const auto flags = io::check_present(view_.template try_read<uart::Uartfr>());
        if (!flags)
            return io::fail(flags.error());
        if (IO_GET(*flags, rxfe))
            return io::fail(io::Error::busy);
        const auto entry = io::check_present(view_.template try_read<uart::Uartdr>());
        if (!entry)
            return io::fail(entry.error());
        if (IO_GET(*entry, oe)) // in UARTRSR it stays until it is cleared
            view_.write(IO_VALUE(uart::Uartrsr, oe(true)));
        return UartReceived{static_cast<std::uint8_t>(IO_GET(*entry, data)),
                            IO_GET(*entry, oe),
                            IO_GET(*entry, be),
                            IO_GET(*entry, pe),
                            IO_GET(*entry, fe)};
    }

    // All characters are on the line.
    constexpr io::Result<> flush() const noexcept {
        return wait([](auto flags) { return IO_GET(flags, txfe) && !IO_GET(flags, busy); })
            .transform([](auto) {});
    }

private:
    template <unsigned Bits>
    using Part = io::Bounded<std::uint32_t, Bits>;

    template <class Condition>
    constexpr io::Result<uart::Uartfr> wait(Condition condition) const noexcept {
        const auto is_over = [&](auto flags) { return io::is_gone(flags) || condition(flags); };
        return io::check_present(io::wait_until<uart::Uartfr>(view_, is_over, timing_, *clock_));
    }

    View view_;
    Clock* clock_;
    Timing timing_;
};

} // namespace rp2040
