// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Time and end of QEMU's mps2-an385, a Cortex-M3 of 25 MHz.
#include "../../support/board.hpp"

namespace board {
namespace {

// The timer of each Cortex-M (Arm DDI 0403, B3.3), which counts down through 24 bits.
struct SysTick : io::Region<0x10> {};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x00, SysTick>> {
    IO_FIELDS(bit(2, processor_clock), bit(1, interrupt), bit(0, enable));
};
struct Reload : io::Register<Reload, std::uint32_t, io::fixed<0x04, SysTick>> {
    IO_FIELDS(bits(23, 0, ticks));
};
struct Current : io::Register<Current, std::uint32_t, io::fixed<0x08, SysTick>> {
    IO_FIELDS(bits(23, 0, ticks));
};

constexpr std::uint32_t ticks_in_a_microsecond = 25;
constinit bool runs = false;
constinit std::uint32_t last = 0;
constinit std::uint64_t elapsed = 0;

} // namespace

// [time]
// Without an interrupt: right as long as somebody asks every 0.6 seconds, as each poll does.
std::uint64_t microseconds() noexcept {
    std::uint32_t masked = 0;
    asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(masked)::"memory"); // handlers ask, too
    const auto timer = mmio<SysTick>(0xe000'e010);
    if (!runs) {
        timer.write(Reload{}.with_ticks(0xff'ffff));
        timer.write(Current{}.with_ticks(0)); // whatever is written; it reloads
        timer.write(Control{}.with_processor_clock(true).with_enable(true));
        runs = true;
    }
    const std::uint32_t now = timer.read<Current>().ticks();
    elapsed += (last - now) & 0xff'ffff;
    last = now;
    const std::uint64_t ticks = elapsed;
    asm volatile("msr primask, %0" ::"r"(masked) : "memory");
    return ticks / ticks_in_a_microsecond;
}
// [/time]

// By semihosting, which ends the emulator with the status. Hardware has no end: it would stop, or
// reset itself.
void leave(int status) noexcept {
    const std::uint32_t block[] = {0x2'0026, static_cast<std::uint32_t>(status)};
    register std::uint32_t operation asm("r0") = 0x20; // SYS_EXIT_EXTENDED
    register const std::uint32_t* parameters asm("r1") = block;
    asm volatile("bkpt 0xab" ::"r"(operation), "r"(parameters) : "memory");
    for (;;) {
    }
}

} // namespace board
