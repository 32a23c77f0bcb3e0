// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Functions of virtio that are found on the bus, placed and mapped, and then the checks of the
// device itself: what its structures are in is one BAR, as QEMU has them.

#include <ioview/pci.hpp>

#include "../../../examples/drivers/pci_assign.hpp"
#include "../../../examples/drivers/virtio_pci.hpp"
#include "../support/report.hpp"
#include "virtio_blk.hpp"
#include "virtio_rng.hpp"

namespace hardware {

// f(structures, view of the BAR)
template <class Host, class Mapper, class F>
void on_virtio_pci(Report& report,
                   const char* name,
                   virtio::DeviceId device,
                   const Host& host,
                   pci_assign::Window& window,
                   Mapper& mapper,
                   F f) {
    auto found = io::Result<virtio::Structures>{io::fail(io::Error::no_device)};
    auto bars = io::Result<io::pci::Bars>{io::fail(io::Error::no_device)};
    report.check(name, "found on the bus, and placed", [&] {
        const auto at = pci_assign::find(host, virtio::pci_vendor, virtio::pci_device(device));
        const auto function =
            at ? host.function(*at) : decltype(host.function(*at)){io::fail(at.error())};
        if (!function)
            return false;
        const auto cfg = io::ConfigSpace<typename Host::Function, io::pci::Normal>::of(*function);
        if (!cfg)
            return false;
        bars = pci_assign::assign(*cfg, window);
        found = virtio::find_structures(*cfg);
        return bars && found;
    });
    if (!bars || !found)
        return;
    const auto resources = io::pci::resources_of(*bars);
    const auto bar = io::pci::Bar<io::Region<>, Mapper>::map(mapper, resources, found->common.bar);
    report.check(name, "its BAR mapped", [&] { return bar.has_value(); });
    if (bar)
        f(*found, bar->view());
}

template <io::IoOf<io::Region<>> View>
auto over_one_bar(const virtio::Structures& found, View bar) {
    return virtio::over_pci(found, [&](unsigned number) -> io::Result<View> {
        if (number != found.common.bar)
            return io::fail(io::Error::no_device);
        return bar;
    });
}

template <class Host, class Mapper, io::DmaDevice Dma, class Clock>
void check_pci_virtio_rng(Report& report,
                          const Host& host,
                          pci_assign::Window& window,
                          Mapper& mapper,
                          Dma& dma,
                          Clock& clock) {
    const auto check = [&](const virtio::Structures& found, auto bar) {
        const auto transport = over_one_bar(found, bar);
        report.check("virtio-rng", "its structures", [&] { return transport.has_value(); });
        if (transport)
            check_virtio_rng(report, *transport, dma, clock);
    };
    on_virtio_pci(report, "virtio-rng", virtio::DeviceId::entropy, host, window, mapper, check);
}

template <class Host, class Mapper, io::DmaDevice Dma, class Clock>
void check_pci_virtio_blk(Report& report,
                          const Host& host,
                          pci_assign::Window& window,
                          Mapper& mapper,
                          Dma& dma,
                          Clock& clock) {
    const auto check = [&](virtio::Structures found, auto bar) {
        const auto transport = over_one_bar(found, bar);
        found.device = 0;
        const auto empty = over_one_bar(found, bar);
        found.device = 4;
        const auto other = over_one_bar(found, bar);
        report.check("virtio-blk", "its structures", [&] {
            return transport.has_value() && empty.has_value() && other.has_value();
        });
        if (transport && empty && other)
            check_virtio_blk(report, *transport, *empty, *other, dma, clock);
    };
    on_virtio_pci(report, "virtio-blk", virtio::DeviceId::block, host, window, mapper, check);
}

} // namespace hardware
