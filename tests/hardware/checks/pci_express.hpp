// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of what a function of PCI Express has beside its registers, with an nvme that is
// placed and of no use any more: its vectors, and a reset of it alone.

#include <ioview/pci/msix_setup.hpp>
#include <ioview/pci/reset.hpp>
#include <ioview/pci/rom_bar.hpp>

#include "nvme.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace hardware {

// The capability with this id; unsupported where there is none.
template <class Config>
io::Result<std::uint16_t> capability_of(const Config& cfg, std::uint8_t id) {
    for (auto found : io::pci::capabilities(cfg)) {
        if (!found)
            return io::fail(found.error());
        if (found->id == id)
            return found->offset;
    }
    return io::fail(io::Error::unsupported);
}

template <class Config, class Mapper, class Clock>
void check_express_function(Report& report, const Config& cfg, Mapper& mapper, Clock& clock) {
    namespace pci = io::pci;
    const auto bars = pci::read_bars(cfg);
    const auto at = capability_of(cfg, pci::Msix::id).and_then([&](std::uint16_t offset) {
        return pci::msix_layout(cfg, offset);
    });
    report.check("pci-express", "MSI-X: vectors in a BAR", [&] {
        return bars && at && at->size() > 2 && at->table.bar() < 6u;
    });
    if (!bars || !at)
        return;
    const auto start = bars->bar[at->table.bar()].address;
    const io::Resource resource{start, at->table.offset() + 16 * at->size()};
    const auto bar = io::IoMem<io::Region<>, Mapper>::map(mapper, resource);
    if (!bar)
        return;
    const pci::MsixMessage messages[] = {{0xfee0'0000, 0x41}, {0xfee0'1000, 0x42}};
    report.check("pci-express", "MSI-X: switched on, each vector masked", [&] {
        const auto table = pci::set_up_msix(cfg, *at, *bar, messages);
        return table && table->masked(0) == true && table->masked(2) == true &&
               bar->try_read32(at->table.offset() + 0x18u) == 0x42u;
    });
    report.check("pci-express", "MSI-X: a vector unmasked, and past the last none", [&] {
        const auto table = pci::msix_table(*bar, at->control, at->table);
        return table && table->unmask(1) && table->masked(1) == false &&
               table->mask(at->size()).error() == io::Error::out_of_bounds;
    });
    report.check("pci-express", "MSI-X: off again", [&] { return pci::stop_msix(cfg, *at); });

    const auto kept = pci::save_header(cfg);
    report.check("pci-express", "a reset of the function alone, waited for", [&] {
        return kept ? pci::reset_function(cfg, std::uint64_t{1'000}, clock)
                    : io::fail(kept.error());
    });
    report.check("pci-express", "after which nothing of it is set", [&] {
        const auto bare = pci::read_bars(cfg);
        return bare && bare->bar[0].address == 0 && cfg.read16(0x04) == 0;
    });
    report.check("pci-express", "its header restored", [&] {
        const auto again = kept ? pci::restore_header(cfg, *kept) : io::fail(kept.error());
        return again && pci::read_bars(cfg) == bars;
    });
}

template <class Host, class Mapper, class Clock>
void check_pci_express(Report& report, const Host& host, Mapper& mapper, Clock& clock) {
    const auto address = pci_assign::find(host, nvme_vendor, nvme_device);
    report.check("pci-express", "a function of it", [&] { return address.has_value(); });
    if (!address)
        return;
    const auto function = host.function(*address);
    if (!function)
        return;
    const auto cfg = io::ConfigSpace<typename Host::Function, io::pci::Normal>::of(*function);
    if (cfg)
        check_express_function(report, *cfg, mapper, clock);
}

// A bridge with one function behind it, numbered and placed by the firmware.
template <class Host, class Mapper, class Clock>
void check_bus_reset(Report& report, const Host& host, Mapper& mapper, Clock& clock) {
    using Config = io::ConfigSpace<typename Host::Function, io::pci::Normal>;
    auto bridge = io::Result<io::pci::Address>{io::fail(io::Error::no_device)};
    static_cast<void>(
        io::pci::for_each_function(host, {}, [&](io::pci::Address address, const auto& function) {
            const auto type = function.template read<std::uint8_t>(0x0e);
            if (!bridge && type && (*type & 0x7f) == 1)
                bridge = address;
        }));
    report.check("pci-express", "a bridge", [&] { return bridge.has_value(); });
    if (!bridge)
        return;
    const auto port = host.function(*bridge);
    const auto cfg = port ? Config::of(*port) : io::fail(port.error());
    if (!cfg)
        return;
    const auto behind = host.function({0, cfg->read8(0x19), 0, 0});
    const auto below = behind ? Config::of(*behind) : io::fail(behind.error());
    if (!below)
        return;
    report.check("pci-express", "a function behind it, that decodes", [&] {
        below->write16(0x04, 0x6);
        return below->read16(0x00) != 0xffff && below->read16(0x04) == 0x6;
    });
    // run.py has given it one of 2 KiB, of the signature and the numbers of its words
    report.check("pci-express", "its ROM read while it is decoded, and decoded no longer", [&] {
        using Rom =
            io::pci::RomBar<io::Region<2'048>, Mapper, std::remove_cvref_t<decltype(*below)>>;
        const auto info = io::pci::size_rom(*below);
        if (!info || info->size != 2'048)
            return false;
        bool reads = false;
        {
            const auto rom = Rom::map(mapper, *below, io::pci::rom_resource(*info));
            reads = rom && rom->read16(0) == 0xaa55 && rom->read16(0x7fe) == 0x3ff &&
                    (below->read32(0x30) & 1) == 1;
        }
        return reads && (below->read32(0x30) & 1) == 0;
    });
    report.check("pci-express", "its bus reset, and the function waited for", [&] {
        const auto done = io::pci::reset_secondary_bus(*cfg, std::uint64_t{1'000}, clock);
        return done ? io::pci::wait_until_it_answers(*below, std::uint64_t{1'000}, clock) : done;
    });
    report.check("pci-express", "which decodes no more; the bridge is out of reset", [&] {
        return below->read16(0x04) == 0 && (cfg->read16(0x3e) & 0x40) == 0;
    });
}

} // namespace hardware
