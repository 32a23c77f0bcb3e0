// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The registers of the NS16550 UART, with the names of National Semiconductor's data sheet PC16550D
// (June 1995), section 8, table II. Where two share an offset, DLAB (bit 7 of the LCR) or the
// direction of the access selects, hence io::overlay.
//
//   if (uart.template read<ns16550::Lsr>().thre())
//       uart.write(ns16550::Thr{}.with_data(c));

#include <ioview/register.hpp>

#include <cstdint>

namespace ns16550 {

namespace io = ioview;

// Receiver buffer (read), DLAB = 0. A read takes the character.
struct Rbr : io::Register<Rbr, std::uint8_t, io::fixed<0>, io::rc> {
    IO_FIELDS(bits(7, 0, data));
};
// Transmitter holding (write), DLAB = 0.
struct Thr : io::Register<Thr, std::uint8_t, io::fixed<0>, io::wo> {
    IO_FIELDS(bits(7, 0, data));
};
// Divisor latch, least significant byte: DLAB = 1. Baud = clock / (16 * divisor).
struct Dll : io::Register<Dll, std::uint8_t, io::fixed<0>> {
    IO_FIELDS(bits(7, 0, divisor));
};

// Interrupt enable, DLAB = 0.
struct Ier : io::Register<Ier, std::uint8_t, io::fixed<1>> {
    IO_FIELDS(reserved(7, 4),
              bit(3, edssi),  // modem status
              bit(2, elsi),   // receiver line status
              bit(1, etbei),  // transmitter holding register empty
              bit(0, erbfi)); // received data available
};
// Divisor latch, most significant byte: DLAB = 1.
struct Dlm : io::Register<Dlm, std::uint8_t, io::fixed<1>> {
    IO_FIELDS(bits(7, 0, divisor));
};

// Interrupt identification (read). What it says goes with the read where that is the reset.
enum class Cause : std::uint8_t {
    modem_status = 0,
    transmitter_empty = 1,
    data_available = 2,
    line_status = 3,
    timeout = 6,
};
struct Iir : io::Register<Iir, std::uint8_t, io::fixed<2>, io::rc> {
    IO_FIELDS(bits(7, 6, fifos_enabled), // both set
              bits(3, 1, id, Cause),
              bit(0, none_pending));
};
// FIFO control (write).
enum class Trigger : std::uint8_t { bytes1, bytes4, bytes8, bytes14 };
struct Fcr : io::Register<Fcr, std::uint8_t, io::fixed<2>, io::wo> {
    IO_FIELDS(bits(7, 6, trigger, Trigger),
              reserved(5, 4),
              bit(3, dma_mode),
              bit(2, xmit_reset),
              bit(1, rcvr_reset),
              bit(0, enable));
};

// Line control.
enum class WordLength : std::uint8_t { bits5, bits6, bits7, bits8 };
struct Lcr : io::Register<Lcr, std::uint8_t, io::fixed<3>> {
    IO_FIELDS(bit(7, dlab),
              bit(6, set_break),
              bit(5, stick_parity),
              bit(4, eps), // even parity select
              bit(3, pen), // parity enable
              bit(2, stb), // more than one stop bit
              bits(1, 0, wls, WordLength));
};

// Modem control.
struct Mcr : io::Register<Mcr, std::uint8_t, io::fixed<4>> {
    IO_FIELDS(reserved(7, 5), bit(4, loop), bit(3, out2), bit(2, out1), bit(1, rts), bit(0, dtr));
};

// Line status. A read clears bits 4 to 1, and bit 7 unless another error is still in the FIFO.
struct Lsr : io::Register<Lsr, std::uint8_t, io::fixed<5>, io::rc> {
    IO_FIELDS(bit(7, fifo_error),
              bit(6, temt), // transmitter empty
              bit(5, thre), // transmitter holding register empty
              bit(4, bi),   // break
              bit(3, fe),   // framing error
              bit(2, pe),   // parity error
              bit(1, oe),   // overrun error
              bit(0, dr));  // data ready
};

// Modem status. A read clears bits 3 to 0.
struct Msr : io::Register<Msr, std::uint8_t, io::fixed<6>, io::rc> {
    IO_FIELDS(bit(7, dcd),
              bit(6, ri),
              bit(5, dsr),
              bit(4, cts),
              bit(3, ddcd),
              bit(2, teri),
              bit(1, ddsr),
              bit(0, dcts));
};

// Scratch.
struct Scr : io::Register<Scr, std::uint8_t, io::fixed<7>> {
    IO_FIELDS(bits(7, 0, data));
};

} // namespace ns16550

// Eight bytes; boards that space them wider need a map of their own.
struct Ns16550 : ioview::Region<8, 1>,
                 ioview::Registers<ns16550::Rbr,
                                   ioview::overlay<ns16550::Thr>,
                                   ioview::overlay<ns16550::Dll>,
                                   ns16550::Ier,
                                   ioview::overlay<ns16550::Dlm>,
                                   ns16550::Iir,
                                   ioview::overlay<ns16550::Fcr>,
                                   ns16550::Lcr,
                                   ns16550::Mcr,
                                   ns16550::Lsr,
                                   ns16550::Msr,
                                   ns16550::Scr> {};
