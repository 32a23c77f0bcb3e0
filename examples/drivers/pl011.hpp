// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A polled driver of the PrimeCell UART (PL011), written once: for hardware, for simulated memory,
// and for static_assert. A UART that has gone is no_device; of what was written to it last, the
// next call says so.
//
//   pl011::Driver uart{io::Mmio<Pl011>::from_raw(raw), clock, timing};
//   if (auto ready = uart.init({.clock_hz = 24'000'000, .baud = 115'200}); !ready) …
//   uart.put('A');

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>

#include "../pl011.hpp"

#include <cstdint>

namespace pl011 {

struct Config {
    std::uint32_t clock_hz = 0; // UARTCLK
    std::uint32_t baud = 115'200;
    bool fifos = true;
};

// A character with what went wrong with it.
struct Received {
    std::uint8_t data = 0;
    bool overrun = false;
    bool break_seen = false;
    bool parity = false;
    bool framing = false;

    [[nodiscard]] constexpr bool is_clean() const noexcept {
        return !overrun && !break_seen && !parity && !framing;
    }
};

// The divisor in 1/64, rounded: DDI 0183G 3.3.6. invalid_argument where the divisors cannot say it.
constexpr io::Result<std::uint32_t> divisor(std::uint32_t clock_hz, std::uint32_t baud) noexcept {
    if (baud == 0)
        return io::fail(io::Error::invalid_argument);
    const std::uint64_t in_64ths = (std::uint64_t{clock_hz} * 4 + baud / 2) / baud;
    if (in_64ths < 1 << 6 || in_64ths > 0xffff << 6)
        return io::fail(io::Error::invalid_argument);
    return static_cast<std::uint32_t>(in_64ths);
}

template <io::IoOf<Pl011> Uart, class Clock, class Timing>
class Driver {
public:
    // Clock and timing as io::wait_until() takes them; the clock outlives the driver.
    constexpr Driver(Uart uart, Clock& clock, Timing timing) noexcept
        : uart_(uart), clock_(&clock), timing_(timing) {}

    // 8 data bits, no parity, one stop bit. Waits for a character on its way out: DDI 0183G 3.3.8,
    // disable the UART, wait for the current character, flush the FIFO by FEN, program, enable.
    constexpr io::Result<> init(const Config& config) const noexcept {
        const auto divided = divisor(config.clock_hz, config.baud);
        if (!divided)
            return io::fail(divided.error());
        uart_.template update<Cr>([](Cr cr) { return cr.with_uarten(false); });
        if (auto idle = wait([](Fr flags) { return !flags.busy(); }); !idle)
            return io::fail(idle.error());
        uart_.template update<LcrH>([](LcrH line) { return line.with_fen(false); });

        uart_.write(Ibrd{}.with_baud_divint(io::Bounded<std::uint32_t, 16>::masked(*divided >> 6)));
        uart_.write(Fbrd{}.with_baud_divfrac(io::Bounded<std::uint32_t, 6>::masked(*divided)));
        uart_.write(LcrH{}.with_wlen(WordLength::bits8).with_fen(config.fifos));
        uart_.write(Imsc{});
        uart_.write(Icr::from_raw(0x7ff));
        uart_.write(Cr::reset().with_uarten(true)); // reception and transmission are on in it
        return io::check_present(uart_.template try_read<Fr>()).transform([](Fr) {});
    }

    // Waits for room in the transmit FIFO.
    constexpr io::Result<> put(std::uint8_t c) const noexcept {
        return wait([](Fr flags) { return !flags.txff(); }).and_then([&](Fr) {
            return uart_.try_write(Dr{}.with_data(c));
        });
    }

    // busy when nothing has come.
    constexpr io::Result<Received> get() const noexcept {
        const auto flags = io::check_present(uart_.template try_read<Fr>());
        if (!flags)
            return io::fail(flags.error());
        if (flags->rxfe())
            return io::fail(io::Error::busy);
        const auto entry = io::check_present(uart_.template try_read<Dr>());
        if (!entry)
            return io::fail(entry.error());
        if (entry->oe()) // in UARTRSR it stays until it is cleared: DDI 0183G 3.3.2
            uart_.write(Ecr{});
        return Received{static_cast<std::uint8_t>(entry->data()),
                        entry->oe(),
                        entry->be(),
                        entry->pe(),
                        entry->fe()};
    }

    // All characters are on the line.
    constexpr io::Result<> flush() const noexcept {
        return wait([](Fr flags) { return flags.txfe() && !flags.busy(); }).transform([](Fr) {});
    }

private:
    template <class Condition>
    constexpr io::Result<Fr> wait(Condition condition) const noexcept {
        return io::wait_until<Fr>(uart_, condition, timing_, *clock_);
    }

    Uart uart_;
    Clock* clock_;
    Timing timing_;
};

} // namespace pl011
