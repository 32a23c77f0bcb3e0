// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Time and end of QEMU's virt for AArch64. The time is the architecture's: right on every board.
#include "../../support/board.hpp"

namespace board {

// [time]
std::uint64_t microseconds() noexcept {
    std::uint64_t count = 0;
    std::uint64_t hz = 0;
    asm volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count));
    asm volatile("mrs %0, cntfrq_el0" : "=r"(hz));
    return count / (hz / 1'000'000);
}
// [/time]

// By semihosting, which ends the emulator with the status. Hardware has no end: it would stop, or
// reset itself.
void leave(int status) noexcept {
    const std::uint64_t block[] = {0x2'0026, static_cast<std::uint64_t>(status)};
    register std::uint64_t operation asm("x0") = 0x18; // SYS_EXIT
    register const std::uint64_t* parameters asm("x1") = block;
    asm volatile("hlt #0xf000" ::"r"(operation), "r"(parameters) : "memory");
    for (;;) {
    }
}

} // namespace board
