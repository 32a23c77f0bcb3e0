// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nvme without any IOMMU: its BAR through sysfs, memory in huge pages by its physical addresses,
// and the checks of the boards.
#include <ioview/linux/hugepage_dma.hpp>
#include <ioview/linux/sysfs_bar.hpp>

#include "../hardware/checks/nvme.hpp"
#include "support/guest.hpp"
#include "support/pci.hpp"

namespace io = ioview;

using guest::Report;

int main() {
    return guest::run([](Report& report) {
        guest::Clock clock;
        guest::write_file("/proc/sys/vm/nr_hugepages", "4");
        auto dma = io::HugepageDma::open(io::DmaMask::of<64>());
        report.check("hugepages", "opened", [&] { return dma.has_value(); });
        const auto address = guest::find(hardware::nvme_vendor, hardware::nvme_device);
        guest::write_file(guest::directory_of(address) + "/enable", "1");
        guest::set_bus_master(address, true);
        const auto bar = io::pci::SysfsBar<nvme::Bar>::map(address, nvme::bar_number);
        report.check("sysfs", "BAR 0 mapped", [&] { return bar.has_value(); });
        if (!dma || !bar)
            return;
        hardware::check_nvme(report, bar->view(), *dma, clock);
        hardware::check_nvme_blocks(report, bar->view(), *dma, clock);
        report.check(
            "hugepages", "all memory was given back", [&] { return dma->outstanding() == 0; });
        guest::set_bus_master(address, false);
        report.check(
            "sysfs", "ended, it masters the bus no more", [&] { return !guest::masters(address); });
    });
}
