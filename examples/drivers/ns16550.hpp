// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A polled driver of the NS16550, written once: for ports, for memory-mapped ones, for doubles. A
// UART that has gone is no_device; of what was written to it last, the next call says so.
//
//   ns16550::Driver com1{io::PortIo<Ns16550>::from_port(0x3f8), clock, timing};
//   if (auto ready = com1.init(1'843'200, 115'200); !ready) …
//   com1.put('A');

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>

#include "../ns16550.hpp"

#include <cstdint>

namespace ns16550 {

// A character with what went wrong with it.
struct Received {
    std::uint8_t data = 0;
    bool overrun = false;
    bool parity = false;
    bool framing = false;
    bool break_seen = false;
};

template <io::IoOf<Ns16550> Uart, class Clock, class Timing>
class Driver {
public:
    constexpr Driver(Uart uart, Clock& clock, Timing timing) noexcept
        : uart_(uart), clock_(&clock), timing_(timing) {}

    // 8 data bits, no parity, one stop bit, FIFOs on. invalid_argument for a baud rate that no
    // divisor gives; no_device where the scratch register does not hold what it is given, to the
    // end.
    constexpr io::Result<> init(std::uint32_t clock_hz, std::uint32_t baud) const noexcept {
        const std::uint32_t divisor = baud == 0 ? 0 : (clock_hz / 16 + baud / 2) / baud;
        if (divisor == 0 || divisor > 0xffff)
            return io::fail(io::Error::invalid_argument);
        using Byte = io::Bounded<std::uint8_t, 8>;
        uart_.write(Scr{}.with_data(0x5a));
        if (auto there = check_scratch(); !there)
            return there;

        uart_.write(Ier{});
        const Lcr line = Lcr{}.with_wls(WordLength::bits8);
        uart_.write(line.with_dlab(true)); // offsets 0 and 1 are the divisor
        uart_.write(Dll{}.with_divisor(Byte::masked(divisor)));
        uart_.write(Dlm{}.with_divisor(Byte::masked(divisor >> 8)));
        uart_.write(line); // and data and interrupts again
        uart_.write(Fcr{}
                        .with_trigger(Trigger::bytes14)
                        .with_xmit_reset(true)
                        .with_rcvr_reset(true)
                        .with_enable(true));
        uart_.write(Mcr{}.with_rts(true).with_dtr(true));
        return check_scratch();
    }

    // Waits for room.
    constexpr io::Result<> put(std::uint8_t c) const noexcept {
        if (auto room = wait([](Lsr status) { return status.thre(); }); !room)
            return io::fail(room.error());
        return uart_.try_write(Thr{}.with_data(c));
    }

    // busy when nothing has come. The errors are those of this character: one read of the LSR,
    // which clears them.
    constexpr io::Result<Received> get() const noexcept {
        const auto status = line_status();
        if (!status)
            return io::fail(status.error());
        if (!status->dr())
            return io::fail(io::Error::busy);
        const auto entry = uart_.template try_read<Rbr>();
        if (!entry)
            return io::fail(entry.error());
        return Received{entry->data(), status->oe(), status->pe(), status->fe(), status->bi()};
    }

    // All characters are on the line.
    constexpr io::Result<> flush() const noexcept {
        if (auto done = wait([](Lsr status) { return status.temt(); }); !done)
            return io::fail(done.error());
        return {};
    }

private:
    constexpr io::Result<> check_scratch() const noexcept {
        if (uart_.template read<Scr>().data() != 0x5a)
            return io::fail(io::Error::no_device);
        return {};
    }
    // Without parity none is wrong: all ones are no status.
    constexpr io::Result<Lsr> line_status() const noexcept {
        return io::check_present(uart_.template try_read<Lsr>());
    }
    template <class Condition>
    constexpr io::Result<Lsr> wait(Condition condition) const noexcept {
        return io::read_poll_timeout([this] { return line_status(); },
                                     condition,
                                     timing_.interval,
                                     timing_.timeout,
                                     *clock_);
    }

    Uart uart_;
    Clock* clock_;
    Timing timing_;
};

} // namespace ns16550
