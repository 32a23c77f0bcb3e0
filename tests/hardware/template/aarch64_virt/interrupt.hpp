// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A software interrupt by the GIC of the virt (version 2, Arm IHI 0048B).
#include "board.hpp"

namespace io = ioview;

// [gic]
struct Distributor : io::Region<0x1000> {};
struct DistributorControl
    : io::Register<DistributorControl, std::uint32_t, io::fixed<0x000, Distributor>> {
    IO_FIELDS(bit(0, enable));
};
struct SoftwareInterrupt
    : io::Register<SoftwareInterrupt, std::uint32_t, io::fixed<0xf00, Distributor>, io::wo> {
    IO_FIELDS(bits(25, 24, filter), bits(3, 0, number));
};
struct CpuInterface : io::Region<0x1000> {};
struct CpuControl : io::Register<CpuControl, std::uint32_t, io::fixed<0x00, CpuInterface>> {
    IO_FIELDS(bit(0, enable));
};
struct PriorityMask : io::Register<PriorityMask, std::uint32_t, io::fixed<0x04, CpuInterface>> {
    IO_FIELDS(bits(7, 0, lowest));
};
// Reading acknowledges, and what was read ends it.
struct Acknowledge
    : io::Register<Acknowledge, std::uint32_t, io::fixed<0x0c, CpuInterface>, io::rc> {};
struct End : io::Register<End, std::uint32_t, io::fixed<0x10, CpuInterface>, io::wo> {};
// [/gic]

inline const auto distributor = [] { return board::mmio<Distributor>(0x0800'0000); };
inline const auto cpu_interface = [] { return board::mmio<CpuInterface>(0x0801'0000); };

inline volatile int interrupts = 0;
constexpr std::uint32_t self = 2;

// What a handler does, with all registers that a function may change.
inline void handle(std::uint32_t) {
    interrupts = interrupts + 1;
    // clang-format off
    asm volatile(".irp r,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18\n mov x\\r,#0\n .endr\n"
                 ".irp r,0,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
                 " fmov d\\r,#1.0\n .endr\n" ::
                 : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12",
                 "x13", "x14", "x15", "x16", "x17", "x18", "v0", "v1", "v2", "v3", "v4", "v5",
                 "v6", "v7", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25",
                 "v26", "v27", "v28", "v29", "v30", "v31");
    // clang-format on
}

// [irq]
extern "C" void irq() {
    const auto which = cpu_interface().read<Acknowledge>();
    handle(which.raw());
    cpu_interface().write(End::from_raw(which.raw()));
}
// [/irq]

// Every register that a function may change has a value when the interrupt comes, and has it still.
inline bool keeps_registers(std::uintptr_t requested_at, std::uint32_t request) {
    std::uint64_t sum = 0;
    std::uint64_t float_sum = 0;
    // clang-format off
    asm volatile(".irp r,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17\n mov x\\r,#\\r\n .endr\n"
                 ".irp r,0,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
                 " scvtf d\\r,x17\n .endr\n"
                 "str %w[request],[%[at]]\n dsb sy\n isb\n .rept 64\n nop\n .endr\n"
                 ".irp r,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17\n add x2,x2,x\\r\n .endr\n"
                 ".irp r,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
                 " fadd d0,d0,d\\r\n .endr\n"
                 "mov %[sum],x2\n fcvtzs %[float_sum],d0\n"
                 : [sum] "=&r"(sum), [float_sum] "=&r"(float_sum)
                 : [at] "r"(requested_at), [request] "r"(request)
                 : "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13",
                 "x14", "x15", "x16", "x17", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7",
                 "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26",
                 "v27", "v28", "v29", "v30", "v31", "memory");
    // clang-format on
    return sum == 152 && float_sum == 24 * 17;
}

// Whether all is as before, beside that it came.
inline bool request_interrupt() {
    distributor().write(DistributorControl{}.with_enable(true));
    cpu_interface().write(PriorityMask{}.with_lowest(0xff));
    cpu_interface().write(CpuControl{}.with_enable(true));
    asm volatile("msr daifclr, #2" ::: "memory");
    const auto number_5 = SoftwareInterrupt{}.with_filter(self).with_number(5);
    return keeps_registers(distributor().address() + 0xf00, number_5.raw());
}
