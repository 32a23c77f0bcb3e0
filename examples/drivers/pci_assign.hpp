// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Finds a PCI function by its ids and gives its base address registers a place, on machines whose
// firmware has not.
//
//   auto address = pci_assign::find(ecam, 0x1234, 0x11e8);
//   pci_assign::Window window{0x1000'0000, 0x2eff'0000};
//   auto bars = pci_assign::assign(*cfg, window);

#include <ioview/pci.hpp>

#include <cstdint>

namespace pci_assign {

namespace io = ioview;

// Bus addresses that are free, handed out in ascending order.
struct Window {
    std::uint64_t next = 0;
    std::uint64_t bytes = 0;

    // size is a power of two; no_memory when the rest has no such place.
    constexpr io::Result<std::uint64_t> take(std::uint64_t size) {
        const std::uint64_t skipped = (0 - next) & (size - 1);
        if (size > bytes || skipped > bytes - size)
            return io::fail(io::Error::no_memory);
        const std::uint64_t place = next + skipped;
        next = place + size;
        bytes -= skipped + size;
        return place;
    }
};

// The first function with these ids; no_device when there is none.
template <class Host>
constexpr io::Result<io::pci::Address>
find(const Host& host, std::uint16_t vendor, std::uint16_t device) {
    io::Result<io::pci::Address> found = io::fail(io::Error::no_device);
    const auto walked =
        io::pci::for_each_function(host, {}, [&](const io::pci::Address& at, const auto& function) {
            const auto ids = function.template read<std::uint32_t>(0x00);
            if (!found && ids && *ids == (std::uint32_t{device} << 16 | vendor))
                found = at;
        });
    if (!found && !walked)
        return io::fail(walked.error());
    return found;
}

// Gives each memory BAR without an address a place in the window, then lets the function decode
// memory and master the bus. no_memory when one does not fit, and then nothing was enabled; what
// size_bars() says. A BAR with an address keeps it; ports are left alone.
template <io::pci::ConfigView View>
constexpr io::Result<io::pci::Bars> assign(const View& cfg, Window& window) {
    auto bars = io::pci::size_bars(cfg);
    if (!bars)
        return bars;
    for (unsigned i = 0; i < bars->count; i += bars->bar[i].slots()) {
        io::pci::BarInfo& bar = bars->bar[i];
        if (bar.size == 0 || bar.address != 0 || bar.kind == io::pci::BarKind::io)
            continue;
        const auto place = window.take(bar.size);
        if (!place)
            return io::fail(place.error());
        if (bar.kind != io::pci::BarKind::memory64 && (*place + bar.size - 1) >> 32 != 0)
            return io::fail(io::Error::no_memory);
        const auto low = static_cast<std::uint32_t>(*place);
        const auto high = static_cast<std::uint32_t>(*place >> 32);
        if (auto done = cfg.template try_write<std::uint32_t>(0x10 + 4 * i, low); !done)
            return io::fail(done.error());
        if (bar.slots() == 2) {
            if (auto done = cfg.template try_write<std::uint32_t>(0x14 + 4 * i, high); !done)
                return io::fail(done.error());
        }
        bar.address = *place;
    }
    const auto command = cfg.template try_read<std::uint16_t>(0x04);
    if (!command)
        return io::fail(command.error());
    const auto on = static_cast<std::uint16_t>(*command | 0x6);
    if (auto done = cfg.template try_write<std::uint16_t>(0x04, on); !done)
        return io::fail(done.error());
    return bars;
}

} // namespace pci_assign
