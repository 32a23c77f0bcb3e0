// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// QEMU's mps2-an385: a Cortex-M3 with the devices of the CMSDK.
#include "../checks/cmsdk.hpp"
#include "../support/image.hpp"

namespace hardware {
namespace {

auto uart() {
    return mmio<cmsdk::Uart>(0x4000'4000);
}

} // namespace
} // namespace hardware

namespace board {

void put(char c) noexcept {
    static_cast<void>(cmsdk::put(hardware::uart(), static_cast<std::uint8_t>(c), clock));
}

} // namespace board

int main() {
    using namespace hardware;
    static_cast<void>(cmsdk::init(uart(), 25'000'000, 115'200));
    Report report{board::put};
    check_cmsdk_uart(report, uart());
    check_cmsdk_timer(
        report, mmio<cmsdk::Timer>(0x4000'0000), mmio<cmsdk::Timer>(0x4000'4000), clock);
    report.check("cpu", "keeps memory and devices in order", keeps_order);
    return report.finish();
}
