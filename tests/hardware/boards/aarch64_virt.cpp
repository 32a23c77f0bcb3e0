// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// QEMU's virt for AArch64, highmem=off.
#include <ioview/dma/cache_instructions.hpp>

#include "../../../examples/drivers/virtio_mmio.hpp"
#include "../checks/cache.hpp"
#include "../checks/fw_cfg.hpp"
#include "../checks/nvme.hpp"
#include "../checks/pci.hpp"
#include "../checks/pl011.hpp"
#include "../checks/pl031.hpp"
#include "../checks/virtio_blk.hpp"
#include "../checks/virtio_pci.hpp"
#include "../support/image.hpp"

namespace hardware {
namespace {

constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000'000}};

auto uart() {
    return mmio<Pl011>(0x0900'0000);
}
auto console() {
    return pl011::Driver{uart(), clock, timing};
}
// Device 0 has the last of 32 places.
auto virtio_at(unsigned device) {
    return virtio::OverMmio{mmio<virtio::Mmio>(0x0a00'0000 + 0x200 * (31 - device))};
}

} // namespace
} // namespace hardware

namespace board {

void put(char c) noexcept {
    static_cast<void>(hardware::console().put(static_cast<std::uint8_t>(c)));
}

} // namespace board

int main() {
    using namespace hardware;
    static_cast<void>(console().init({.clock_hz = 24'000'000}));
    Report report{board::put};
    check_pl011(report, uart(), console());
    check_pl031(report, mmio<pl031::Pl031>(0x0901'0000), mmio<pl031::Pl031>(0x0900'0000));
    check_fw_cfg(report, mmio<fw_cfg::FwCfg>(0x0902'0000), "opt/org.ioview/greeting", dma, clock);
    Mapper mapper;
    const io::pci::Ecam ecam{mmio<io::Region<>>(0x3f00'0000, 0x100'0000)};
    check_pci(report, "pci-ecam", ecam, {0x1000'0000, 0x2eff'0000}, mapper, dma, clock);
    check_pci_nvme(report, ecam, {0x2000'0000, 0x100'0000}, mapper, dma, clock);
    pci_assign::Window window{0x2100'0000, 0x100'0000};
    check_pci_virtio_rng(report, ecam, window, mapper, dma, clock);
    check_virtio_blk(report, virtio_at(0), virtio_at(2), virtio_at(1), dma, clock);
    check_cache(report, io::Arm64CacheOps{});
    report.check("cpu", "keeps memory and devices in order", keeps_order);
    return report.finish();
}
