// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A software interrupt by the NVIC (Arm DDI 0403, B3.4).
#include "board.hpp"

namespace io = ioview;

struct Nvic : io::Region<0x200> {};
struct Enable : io::Register<Enable, std::uint32_t, io::fixed<0x000, Nvic>> {
    IO_FIELDS(bit(10, dual_timer));
};
struct Pend : io::Register<Pend, std::uint32_t, io::fixed<0x100, Nvic>> {
    IO_FIELDS(bit(10, dual_timer));
};

inline volatile int interrupts = 0;

// [irq]
extern "C" void irq10() {
    interrupts = interrupts + 1;
}
// [/irq]

inline bool request_interrupt() {
    const auto nvic = board::mmio<Nvic>(0xe000'e100);
    nvic.write(Enable{}.with_dual_timer(true));
    nvic.write(Pend{}.with_dual_timer(true));
    const std::uint64_t start = board::clock.now();
    while (interrupts == 0 && board::clock.now() - start < 100'000) {
    }
    return true; // the CPU keeps the registers
}
