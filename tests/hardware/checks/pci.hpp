// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of a PCI host: an edu found, sized, placed and mapped, by any mechanism.

#include "../../../examples/drivers/pci_assign.hpp"
#include "edu.hpp"

namespace hardware {

// device: the name for the report. Once the BAR is mapped, the checks of edu itself.
template <class Host, class Mapper, io::DmaDevice Dma, class Clock>
void check_pci(Report& report,
               const char* device,
               const Host& host,
               pci_assign::Window window,
               Mapper& mapper,
               Dma& dma,
               Clock& clock,
               bool with_edu = true) {
    auto address = io::Result<io::pci::Address>{io::fail(io::Error::no_device)};
    report.check(device, "edu found on the bus", [&] {
        address = pci_assign::find(host, edu::vendor_id, edu::device_id);
        return address.has_value();
    });
    report.refuses(device, "what is not there is not found", io::Error::no_device, [&] {
        return pci_assign::find(host, 0x1234, 0x0bad);
    });
    if (!address)
        return;
    const auto function = host.function(*address);
    if (!function)
        return;
    using Function = typename Host::Function;
    const auto cfg = io::ConfigSpace<Function, io::pci::Normal>::of(*function);
    if (!cfg)
        return;
    auto bars = io::Result<io::pci::Bars>{io::fail(io::Error::no_device)};
    report.check(device, "BAR 0 is 1 MiB of memory", [&] {
        bars = io::pci::size_bars(*cfg);
        return bars && bars->bar[0].kind == io::pci::BarKind::memory32 &&
               bars->bar[0].size == 0x10'0000;
    });
    if (bars && bars->bar[0].address == 0) {
        report.refuses(device, "a window too small for it", io::Error::no_memory, [&] {
            pci_assign::Window small{window.next, 0x8'0000};
            return pci_assign::assign(*cfg, small);
        });
    }
    report.check(device, "placed and enabled", [&] {
        bars = pci_assign::assign(*cfg, window);
        const auto now = io::pci::read_bar(*cfg, 0);
        return bars && now && now->address == bars->bar[0].address && now->address != 0;
    });
    if (!bars || !with_edu)
        return;
    const auto resources = io::pci::resources_of(*bars);
    auto bar = io::pci::Bar<edu::Edu, Mapper>::map(mapper, resources, edu::bar_number);
    report.check(device, "BAR 0 mapped", [&] { return bar.has_value(); });
    if (bar)
        check_edu(report, bar->view(), dma, clock);
}

} // namespace hardware
