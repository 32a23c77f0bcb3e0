// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// QEMU's mps2-an385: a Cortex-M3 with the devices of the CMSDK.
#include "../checks/cmsdk.hpp"
#include "../support/image.hpp"

namespace hardware {
namespace {

constinit LooksClock clock{};

auto uart() {
    return mmio<cmsdk::Uart>(0x4000'4000);
}

} // namespace

void put(char c) {
    static_cast<void>(cmsdk::put(uart(), static_cast<std::uint8_t>(c), clock));
}

void leave(int status) noexcept {
    const std::uint32_t block[] = {0x2'0026, static_cast<std::uint32_t>(status)};
    register std::uint32_t operation asm("r0") = 0x20; // SYS_EXIT_EXTENDED
    register const std::uint32_t* parameters asm("r1") = block;
    asm volatile("bkpt 0xab" ::"r"(operation), "r"(parameters) : "memory");
    for (;;) {
    }
}

} // namespace hardware

void kmain() noexcept {
    using namespace hardware;
    static_cast<void>(cmsdk::init(uart(), 25'000'000, 115'200));
    Report report{put};
    check_cmsdk_uart(report, uart());
    check_cmsdk_timer(
        report, mmio<cmsdk::Timer>(0x4000'0000), mmio<cmsdk::Timer>(0x4000'4000), clock);
    report.check("cpu", "keeps memory and devices in order", keeps_order);
    leave(report.finish());
}
