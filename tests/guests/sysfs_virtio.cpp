// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// virtio without any IOMMU: BARs through sysfs, memory in huge pages by its physical addresses.
#include <ioview/linux/hugepage_dma.hpp>
#include <ioview/linux/sysfs_bar.hpp>

#include "support/guest.hpp"
#include "support/pci.hpp"
#include "support/virtio.hpp"

namespace io = ioview;

namespace {

using guest::Report;
using Bar = io::pci::SysfsBar<io::Region<>>;

Bar enabled(const io::pci::Address& address, unsigned number) {
    guest::write_file(guest::directory_of(address) + "/enable", "1");
    guest::set_bus_master(address, true);
    auto bar = Bar::map(address, number);
    if (!bar)
        guest::give_up("BAR");
    return std::move(*bar);
}

} // namespace

int main() {
    return guest::run([](Report& report) {
        guest::Clock clock;
        guest::write_file("/proc/sys/vm/nr_hugepages", "4");
        auto dma = io::HugepageDma::open(io::DmaMask::of<64>());
        report.check("hugepages", "opened", [&] { return dma.has_value(); });
        if (!dma)
            return;
        const auto random_at = guest::find(virtio::DeviceId::entropy);
        const auto random_places = guest::structures_of(random_at);
        const Bar random_bar = enabled(random_at, random_places.common.bar);
        const auto random = guest::over(random_places, random_bar.view());
        const auto disk_at = guest::find(virtio::DeviceId::block);
        auto disk_places = guest::structures_of(disk_at);
        const Bar disk_bar = enabled(disk_at, disk_places.common.bar);
        const auto disk = guest::over(disk_places, disk_bar.view());
        disk_places.device = 0;
        const auto empty = guest::over(disk_places, disk_bar.view());
        report.check("sysfs", "the structures are in the BARs", [&] {
            return random.has_value() && disk.has_value() && empty.has_value();
        });
        if (!random || !disk || !empty)
            return;
        hardware::check_virtio_rng(report, *random, *dma, clock);
        hardware::check_virtio_blk(report, *disk, *empty, *random, *dma, clock);
        report.check(
            "hugepages", "all memory was given back", [&] { return dma->outstanding() == 0; });
    });
}
