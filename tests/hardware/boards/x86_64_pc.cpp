// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// QEMU's pc and q35, entered by PVH after the firmware has numbered the bus. The host bridge tells
// which of them it is; q35 alone has the memory-mapped configuration space.
#include "../checks/ns16550.hpp"
#include "../checks/nvme.hpp"
#include "../checks/pci.hpp"
#include "../checks/pci_express.hpp"
#include "../checks/virtio_pci.hpp"
#include "../support/image.hpp"

namespace hardware {
namespace {

constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000'000}};

auto uart() {
    return *io::PortIo<Ns16550>::from_port(0x3f8, 8);
}
auto console() {
    return ns16550::Driver{uart(), clock, timing};
}

} // namespace
} // namespace hardware

namespace board {

// The time stamp counter, taken for 4 GHz: where it is slower, waits are longer.
std::uint64_t microseconds() noexcept {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    asm volatile("rdtsc" : "=a"(low), "=d"(high));
    return (std::uint64_t{high} << 32 | low) >> 12;
}

void put(char c) noexcept {
    static_cast<void>(hardware::console().put(static_cast<std::uint8_t>(c)));
}

void leave(int status) noexcept {
    // isa-debug-exit: the status is value << 1 | 1
    io::PortIo<std::uint32_t>::from_port(0xf4).write(status == 0 ? 0x10 : 0x20);
    for (;;) {
    }
}

} // namespace board

int main() {
    using namespace hardware;
    static_cast<void>(console().init(1'843'200, 115'200));
    Report report{board::put};
    check_ns16550(report, uart(), console());
    check_ns16550_removal(report, uart(), clock, timing);
    Mapper mapper;
    const io::pci::ConfigPorts ports{*io::PortIo<io::Region<8>>::from_port(0xcf8, 8)};
    check_pci(report, "pci-ports", ports, {0xe000'0000, 0x1000'0000}, mapper, dma, clock);
    const auto removal = [&](const auto& view) { check_nvme_removal(report, view, dma, clock); };
    check_pci_nvme(report, ports, {0xf000'0000, 0x100'0000}, mapper, dma, clock, removal);
    pci_assign::Window window{0xf100'0000, 0x100'0000};
    check_pci_virtio_rng(report, ports, window, mapper, dma, clock);
    constexpr std::uint32_t q35 = 0x29c0'8086;
    if (ports.function({})->read<std::uint32_t>(0x00) == q35) {
        const io::pci::Ecam ecam{mmio<io::Region<>>(0xb000'0000, 0x1000'0000)};
        check_pci(report, "pci-ecam", ecam, {0xe000'0000, 0x1000'0000}, mapper, dma, clock, false);
        report.check("pci-ecam", "the same function by both ways", [&] {
            const auto a = pci_assign::find(ecam, edu::vendor_id, edu::device_id);
            const auto b = pci_assign::find(ports, edu::vendor_id, edu::device_id);
            if (!a || !b || *a != *b)
                return false;
            for (std::uint16_t at = 0; at < 256; at = static_cast<std::uint16_t>(at + 4)) {
                if (ecam.function(*a)->read<std::uint32_t>(at) !=
                    ports.function(*b)->read<std::uint32_t>(at))
                    return false;
            }
            return true;
        });
        check_pci_express(report, ecam, mapper, clock);
        check_bus_reset(report, ecam, mapper, clock);
    }
    report.check("cpu", "keeps memory and devices in order", keeps_order);
    return report.finish();
}
