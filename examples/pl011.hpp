// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The registers of the PrimeCell UART (PL011), in the order and with the names of its manual: Arm
// DDI 0183G (r1p5), chapter 3 (table 3-1 and what follows it) and, for the test registers,
// chapter 4.
//
//   const auto flags = uart.template read<pl011::Fr>();
//   uart.write(pl011::Dr{}.with_data(pl011::Dr::Byte(c)));

#include <ioview/register.hpp>

#include <cstdint>

namespace pl011 {

namespace io = ioview;

// 3.3.1 UARTDR, data register. A read takes the entry out of the receive FIFO, its errors with it.
struct Dr : io::Register<Dr, std::uint32_t, io::fixed<0x000>> {
    IO_FIELDS(bit(11, oe, io::rc), // overrun error
              bit(10, be, io::rc), // break error
              bit(9, pe, io::rc),  // parity error
              bit(8, fe, io::rc),  // framing error
              bits(7, 0, data));   // receive (read), transmit (write)
};

// 3.3.2 UARTRSR, receive status (read), and UARTECR, error clear (write: any value clears all).
struct Rsr : io::Register<Rsr, std::uint32_t, io::fixed<0x004>, io::ro> {
    IO_FIELDS(bit(3, oe), bit(2, be), bit(1, pe), bit(0, fe));
};
struct Ecr : io::Register<Ecr, std::uint32_t, io::fixed<0x004>, io::wo> {
    IO_FIELDS(bits(7, 0, any));
};

// 3.3.3 UARTFR, flag register.
struct Fr : io::Register<Fr, std::uint32_t, io::fixed<0x018>, io::ro> {
    static constexpr bool never_all_ones = true; // so that a poll sees removal
    IO_FIELDS(bit(8, ri),                        // ring indicator
              bit(7, txfe),                      // transmit FIFO empty
              bit(6, rxff),                      // receive FIFO full
              bit(5, txff),                      // transmit FIFO full
              bit(4, rxfe),                      // receive FIFO empty
              bit(3, busy),                      // transmitting
              bit(2, dcd),                       // data carrier detect
              bit(1, dsr),                       // data set ready
              bit(0, cts));                      // clear to send
};

// 3.3.4 UARTILPR, IrDA low-power counter.
struct Ilpr : io::Register<Ilpr, std::uint32_t, io::fixed<0x020>> {
    IO_FIELDS(bits(7, 0, ilpdvsr));
};

// 3.3.5 UARTIBRD, integer baud rate. The divisors act with the next write of UARTLCR_H.
struct Ibrd : io::Register<Ibrd, std::uint32_t, io::fixed<0x024>> {
    IO_FIELDS(bits(15, 0, baud_divint));
};

// 3.3.6 UARTFBRD, fractional baud rate, in 1/64.
struct Fbrd : io::Register<Fbrd, std::uint32_t, io::fixed<0x028>> {
    IO_FIELDS(bits(5, 0, baud_divfrac));
};

// [line_control]
// 3.3.7 UARTLCR_H, line control.
enum class WordLength : std::uint8_t { bits5, bits6, bits7, bits8 };
struct LcrH : io::Register<LcrH, std::uint32_t, io::fixed<0x02c>> {
    IO_FIELDS(bit(7, sps), // stick parity select
              bits(6, 5, wlen, WordLength),
              bit(4, fen),  // enable FIFOs
              bit(3, stp2), // two stop bits select
              bit(2, eps),  // even parity select
              bit(1, pen),  // parity enable
              bit(0, brk)); // send break
};
// [/line_control]

// 3.3.8 UARTCR, control. Bits 6 to 3 are reserved: do not modify, read as zero.
struct Cr : io::Register<Cr, std::uint32_t, io::fixed<0x030>, io::reset<0x300>> {
    IO_FIELDS(bit(15, ctsen),  // CTS hardware flow control enable
              bit(14, rtsen),  // RTS hardware flow control enable
              bit(13, out2),   // complement of nUARTOut2
              bit(12, out1),   // complement of nUARTOut1
              bit(11, rts),    // request to send
              bit(10, dtr),    // data transmit ready
              bit(9, rxe),     // receive enable
              bit(8, txe),     // transmit enable
              bit(7, lbe),     // loopback enable
              bit(2, sirlp),   // IrDA SIR low-power mode
              bit(1, siren),   // SIR enable
              bit(0, uarten)); // UART enable
};

// 3.3.9 UARTIFLS, interrupt FIFO level select. Other levels are reserved.
enum class Level : std::uint8_t { eighth, quarter, half, three_quarters, seven_eighths };
struct Ifls : io::Register<Ifls, std::uint32_t, io::fixed<0x034>, io::reset<0x12>> {
    IO_FIELDS(bits(5, 3, rxiflsel, Level), bits(2, 0, txiflsel, Level));
};

// 3.3.10 UARTIMSC, interrupt mask set/clear: 1 lets the interrupt through.
struct Imsc : io::Register<Imsc, std::uint32_t, io::fixed<0x038>> {
    IO_FIELDS(bit(10, oeim),  // overrun error
              bit(9, beim),   // break error
              bit(8, peim),   // parity error
              bit(7, feim),   // framing error
              bit(6, rtim),   // receive timeout
              bit(5, txim),   // transmit
              bit(4, rxim),   // receive
              bit(3, dsrmim), // nUARTDSR modem
              bit(2, dcdmim), // nUARTDCD modem
              bit(1, ctsmim), // nUARTCTS modem
              bit(0, rimim)); // nUARTRI modem
};

// 3.3.11 UARTRIS, raw interrupt status.
struct Ris : io::Register<Ris, std::uint32_t, io::fixed<0x03c>, io::ro> {
    IO_FIELDS(bit(10, oeris),
              bit(9, beris),
              bit(8, peris),
              bit(7, feris),
              bit(6, rtris),
              bit(5, txris),
              bit(4, rxris),
              bit(3, dsrrmis),
              bit(2, dcdrmis),
              bit(1, ctsrmis),
              bit(0, rirmis));
};

// 3.3.12 UARTMIS, masked interrupt status.
struct Mis : io::Register<Mis, std::uint32_t, io::fixed<0x040>, io::ro> {
    IO_FIELDS(bit(10, oemis),
              bit(9, bemis),
              bit(8, pemis),
              bit(7, femis),
              bit(6, rtmis),
              bit(5, txmis),
              bit(4, rxmis),
              bit(3, dsrmmis),
              bit(2, dcdmmis),
              bit(1, ctsmmis),
              bit(0, rimmis));
};

// 3.3.13 UARTICR, interrupt clear: 1 clears.
struct Icr : io::Register<Icr, std::uint32_t, io::fixed<0x044>, io::wo> {
    IO_FIELDS(bit(10, oeic),
              bit(9, beic),
              bit(8, peic),
              bit(7, feic),
              bit(6, rtic),
              bit(5, txic),
              bit(4, rxic),
              bit(3, dsrmic),
              bit(2, dcdmic),
              bit(1, ctsmic),
              bit(0, rimic));
};

// 3.3.14 UARTDMACR, DMA control.
struct Dmacr : io::Register<Dmacr, std::uint32_t, io::fixed<0x048>> {
    IO_FIELDS(bit(2, dmaonerr), // no receive requests while the error interrupt is asserted
              bit(1, txdmae),   // transmit DMA enable
              bit(0, rxdmae));  // receive DMA enable
};

// 4.4.1 UARTTCR, test control.
struct Tcr : io::Register<Tcr, std::uint32_t, io::fixed<0x080>> {
    IO_FIELDS(bit(2, sirtest), bit(1, testfifo), bit(0, iten));
};

// 4.4.2 UARTITIP, integration test input.
struct Itip : io::Register<Itip, std::uint32_t, io::fixed<0x084>> {
    IO_FIELDS(bit(7, uarttxdmaclr),
              bit(6, uartrxdmaclr),
              bit(5, nuartri, io::ro),
              bit(4, nuartdcd, io::ro),
              bit(3, nuartcts, io::ro),
              bit(2, nuartdsr, io::ro),
              bit(1, sirin, io::ro),
              bit(0, uartrxd, io::ro));
};

// 4.4.3 UARTITOP, integration test output.
struct Itop : io::Register<Itop, std::uint32_t, io::fixed<0x088>> {
    IO_FIELDS(bit(15, uarttxdmasreq),
              bit(14, uarttxdmabreq),
              bit(13, uartrxdmasreq),
              bit(12, uartrxdmabreq),
              bit(11, uartmsintr),
              bit(10, uartrxintr),
              bit(9, uarttxintr),
              bit(8, uartrtintr),
              bit(7, uarteintr),
              bit(6, uartintr),
              bit(5, nuartout2),
              bit(4, nuartout1),
              bit(3, nuartrts),
              bit(2, nuartdtr),
              bit(1, nsirout),
              bit(0, uarttxd));
};

// 4.4.4 UARTTDR, test data: the FIFOs from their other ends, with UARTTCR's testfifo.
struct Tdr : io::Register<Tdr, std::uint32_t, io::fixed<0x08c>> {
    IO_FIELDS(bits(10, 0, data));
};

// 3.3.15 UARTPeriphID0 to 3: together 0x00_r4_1011, r the revision.
struct PeriphId0 : io::Register<PeriphId0, std::uint32_t, io::fixed<0xfe0>, io::ro> {
    IO_FIELDS(bits(7, 0, part_number0)); // 0x11
};
struct PeriphId1 : io::Register<PeriphId1, std::uint32_t, io::fixed<0xfe4>, io::ro> {
    IO_FIELDS(bits(7, 4, designer0),     // 0x1
              bits(3, 0, part_number1)); // 0x0
};
struct PeriphId2 : io::Register<PeriphId2, std::uint32_t, io::fixed<0xfe8>, io::ro> {
    IO_FIELDS(bits(7, 4, revision), bits(3, 0, designer1)); // 0x4
};
struct PeriphId3 : io::Register<PeriphId3, std::uint32_t, io::fixed<0xfec>, io::ro> {
    IO_FIELDS(bits(7, 0, configuration)); // 0x00
};

// 3.3.16 UARTPCellID0 to 3: 0x0d, 0xf0, 0x05, 0xb1.
struct PCellId : io::Register<PCellId, std::uint32_t, io::array<0xff0, 4, 4>, io::ro> {
    IO_FIELDS(bits(7, 0, id));
};

} // namespace pl011

// All of it: 4 KiB.
struct Pl011 : ioview::Region<0x1000>,
               ioview::Registers<pl011::Dr,
                                 pl011::Rsr,
                                 ioview::overlay<pl011::Ecr>,
                                 pl011::Fr,
                                 pl011::Ilpr,
                                 pl011::Ibrd,
                                 pl011::Fbrd,
                                 pl011::LcrH,
                                 pl011::Cr,
                                 pl011::Ifls,
                                 pl011::Imsc,
                                 pl011::Ris,
                                 pl011::Mis,
                                 pl011::Icr,
                                 pl011::Dmacr,
                                 pl011::Tcr,
                                 pl011::Itip,
                                 pl011::Itop,
                                 pl011::Tdr,
                                 pl011::PeriphId0,
                                 pl011::PeriphId1,
                                 pl011::PeriphId2,
                                 pl011::PeriphId3,
                                 pl011::PCellId> {};
