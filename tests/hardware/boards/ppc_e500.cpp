// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// QEMU's ppce500, which is big-endian: so are the registers of its PCI bridge, while NVMe,
// virtio and configuration space are little-endian as everywhere.
#include "../../../examples/drivers/e500_pci.hpp"
#include "../checks/ns16550.hpp"
#include "../checks/nvme.hpp"
#include "../checks/virtio_pci.hpp"
#include "../support/image.hpp"

namespace hardware {
namespace {

constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000'000}};

// The devices of the part are where the start-up code has mapped them.
auto uart() {
    return mmio<Ns16550>(0xe000'4500);
}
auto console() {
    return ns16550::Driver{uart(), clock, timing};
}

// Of the part's own utilities.
struct Utilities : io::Region<0x1000> {};
struct ResetControl
    : io::Register<ResetControl, io::be<std::uint32_t>, io::fixed<0xb0, Utilities>> {
    IO_FIELDS(bit(1, request));
};

} // namespace
} // namespace hardware

namespace board {

// The time base, of 400 MHz: taken for 512, so that waits are longer.
std::uint64_t microseconds() noexcept {
    std::uint32_t high = 0;
    std::uint32_t low = 0;
    std::uint32_t again = 0;
    do {
        asm volatile("mftbu %0\n\tmftb %1\n\tmftbu %2" : "=r"(high), "=r"(low), "=r"(again));
    } while (high != again);
    return (std::uint64_t{high} << 32 | low) >> 9;
}

void put(char c) noexcept {
    static_cast<void>(hardware::console().put(static_cast<std::uint8_t>(c)));
}

// By a reset, which tells the host nothing: what was printed does.
void leave(int) noexcept {
    mmio<hardware::Utilities>(0xe00e'0000).write(hardware::ResetControl{}.with_request(true));
    for (;;) {
    }
}

} // namespace board

int main() {
    using namespace hardware;
    static_cast<void>(console().init(400'000'000, 115'200));
    Report report{board::put};
    check_ns16550(report, uart(), console());
    Mapper mapper;
    const e500_pci::Bridge bridge{mmio<e500_pci::Registers>(0xe000'8000)};
    if (bridge.open(0xc000'0000, 0x1000'0000, 0x1000'0000)) {
        check_pci_nvme(report, bridge, {0xc000'0000, 0x800'0000}, mapper, dma, clock);
        pci_assign::Window window{0xc800'0000, 0x800'0000};
        check_pci_virtio_rng(report, bridge, window, mapper, dma, clock);
        check_pci_virtio_blk(report, bridge, window, mapper, dma, clock);
    }
    report.check("cpu", "keeps memory and devices in order", keeps_order);
    return report.finish();
}
