// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The console of QEMU's mps2-an385: a UART of the Cortex-M System Design Kit (Arm DDI 0479, 4.3).
#include "../../support/board.hpp"

namespace board {
namespace {

struct Uart : io::Region<0x1000> {};
struct Data : io::Register<Data, std::uint32_t, io::fixed<0x000, Uart>> {
    IO_FIELDS(bits(7, 0, sent, io::wo));
};
struct State : io::Register<State, std::uint32_t, io::fixed<0x004, Uart>> {
    IO_FIELDS(bit(0, transmit_full, io::ro));
};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x008, Uart>> {
    IO_FIELDS(bit(0, transmit_enable));
};
struct Divisor : io::Register<Divisor, std::uint32_t, io::fixed<0x010, Uart>> {
    IO_FIELDS(bits(19, 0, ticks));
};

} // namespace

const std::uintptr_t console_address = 0x4000'4000;

// What finds no room for a millisecond is lost, so that no message stops the program.
void put(char c) noexcept {
    const auto uart = mmio<Uart>(console_address);
    if (!uart.read<Control>().transmit_enable()) {
        uart.write(Divisor{}.with_ticks(25'000'000 / 115'200));
        uart.write(Control{}.with_transmit_enable(true));
    }
    const auto has_room = [](State now) { return !now.transmit_full(); };
    if (io::wait_until<State>(uart, has_room, io::Timing{10u, 1'000u}, clock))
        uart.write(Data{}.with_sent(static_cast<std::uint8_t>(c)));
}

} // namespace board
