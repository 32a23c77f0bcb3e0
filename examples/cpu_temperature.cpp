// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Registers of the CPU: the driver in drivers/intel_thermal.hpp on a simulated one, and on a real.
//   cpu_temperature                       the simulated one
//   cpu_temperature /dev/cpu/0/msr        the first CPU, through Linux (as root)
#include <ioview/backend/sys_reg.hpp>
#include <ioview/error.hpp>
#include <ioview/linux/msr_dev.hpp>
#include <ioview/testing/sys_regs.hpp>

#include "drivers/intel_thermal.hpp"

#include <cstdio>

namespace io = ioview;
using intel_thermal::TemperatureTarget;
using intel_thermal::ThermStatus;

namespace {

template <class Regs>
void print(const Regs& regs) {
    if (const auto now = intel_thermal::temperature(regs))
        std::printf("%d degrees\n", *now);
    else
        std::printf("no temperature: %s\n", io::to_string(now.error()));
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 2) {
        auto cpu = io::MsrDev::open(argv[1]);
        if (!cpu) {
            std::fprintf(stderr, "%s: %s\n", argv[1], io::to_string(cpu.error()));
            return 1;
        }
        print(io::SysRegs{*cpu});
        return 0;
    }

    io::testing::FakeSysRegs cpu;
    const io::SysRegs regs{cpu};
    print(regs); // a CPU without the registers
    cpu.add(TemperatureTarget::from_raw(100 << 16));
    cpu.add(ThermStatus::from_raw(0x0028'0002), 2);
    print(regs);
    std::printf("was hot: %s\n", intel_thermal::take_was_hot(regs).value_or(false) ? "yes" : "no");
    std::printf("was hot: %s\n", intel_thermal::take_was_hot(regs).value_or(false) ? "yes" : "no");

    io::testing::FakeSysRegs ready;
    ready.add(TemperatureTarget::from_raw(100 << 16));
    ready.add(ThermStatus::from_raw(0x8828'0000));
    print(io::SysRegs{ready});
    std::printf("%zu traps\n", cpu.traps());
}
