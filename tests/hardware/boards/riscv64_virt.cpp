// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// QEMU's virt for RISC-V, 64 bits, without firmware.
#include "../../../examples/drivers/virtio_mmio.hpp"
#include "../checks/fw_cfg.hpp"
#include "../checks/goldfish.hpp"
#include "../checks/ns16550.hpp"
#include "../checks/nvme.hpp"
#include "../checks/pci.hpp"
#include "../checks/virtio_blk.hpp"
#include "../checks/virtio_pci.hpp"
#include "../support/image.hpp"

namespace hardware {
namespace {

constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000'000}};

auto uart() {
    return mmio<Ns16550>(0x1000'0000);
}
auto console() {
    return ns16550::Driver{uart(), clock, timing};
}
// Device 0 has the last of 8 places.
auto virtio_at(unsigned device) {
    return virtio::OverMmio{mmio<virtio::Mmio>(0x1000'1000 + 0x1000 * (7 - device))};
}

} // namespace
} // namespace hardware

namespace board {

std::uint64_t microseconds() noexcept {
    std::uint64_t ticks = 0;
    asm volatile("rdtime %0" : "=r"(ticks));
    return ticks / 10; // 10 MHz
}

void put(char c) noexcept {
    static_cast<void>(hardware::console().put(static_cast<std::uint8_t>(c)));
}

void leave(int status) noexcept {
    const std::uint32_t pass = 0x5555;
    const std::uint32_t failed = static_cast<std::uint32_t>(status) << 16 | 0x3333;
    mmio<io::Region<4>>(0x0010'0000).write32(0, status == 0 ? pass : failed);
    for (;;) {
    }
}

} // namespace board

int main() {
    using namespace hardware;
    static_cast<void>(console().init(3'686'400, 115'200));
    Report report{board::put};
    check_ns16550(report, uart(), console());
    check_goldfish_rtc<std::uint32_t>(report, mmio<goldfish::Rtc<std::uint32_t>>(0x0010'1000));
    check_fw_cfg(report, mmio<fw_cfg::FwCfg>(0x1010'0000), nullptr, dma, clock);
    Mapper mapper;
    const io::pci::Ecam ecam{mmio<io::Region<>>(0x3000'0000, 0x1000'0000)};
    check_pci(report, "pci-ecam", ecam, {0x4000'0000, 0x4000'0000}, mapper, dma, clock);
    check_pci_nvme(report, ecam, {0x5000'0000, 0x100'0000}, mapper, dma, clock);
    pci_assign::Window window{0x5100'0000, 0x100'0000};
    check_pci_virtio_rng(report, ecam, window, mapper, dma, clock);
    check_virtio_blk(report, virtio_at(0), virtio_at(2), virtio_at(1), dma, clock);
    report.check("cpu", "keeps memory and devices in order", keeps_order);
    return report.finish();
}
