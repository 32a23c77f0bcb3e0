// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The console of QEMU's virt: a PrimeCell UART (Arm DDI 0183), which is on there without a baud
// rate.
#include "../../support/board.hpp"

namespace board {
namespace {

// [console]
struct Pl011 : io::Region<0x1000> {};
struct Data : io::Register<Data, std::uint32_t, io::fixed<0x00, Pl011>> {
    IO_FIELDS(bits(7, 0, sent, io::wo));
};
struct Flags : io::Register<Flags, std::uint32_t, io::fixed<0x18, Pl011>, io::ro> {
    IO_FIELDS(bit(5, transmit_full));
};

} // namespace

const std::uintptr_t console_address = 0x0900'0000;

// What finds no room for a millisecond is lost, so that no message stops the program.
void put(char c) noexcept {
    const auto uart = mmio<Pl011>(console_address);
    const auto has_room = [](Flags now) { return !now.transmit_full(); };
    if (io::wait_until<Flags>(uart, has_room, io::Timing{10u, 1'000u}, clock))
        uart.write(Data{}.with_sent(static_cast<std::uint8_t>(c)));
}
// [/console]

} // namespace board
