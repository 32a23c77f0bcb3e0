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

    // size is a power of two; no_memory when the rest has no such place. Never address 0, which
    // says that a register has none.
    [[nodiscard]] constexpr io::Result<std::uint64_t> take(std::uint64_t size) {
        const std::uint64_t skipped = next == 0 ? size : (0 - next) & (size - 1);
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

// Writes the address of one register, in its halves, and looks whether it is there.
template <io::pci::ConfigView View>
constexpr io::Result<> move(const View& cfg, unsigned index, const io::pci::BarInfo& bar) {
    const auto low = static_cast<std::uint32_t>(bar.address);
    const auto high = static_cast<std::uint32_t>(bar.address >> 32);
    if (auto done = cfg.template try_write<std::uint32_t>(0x10 + 4 * index, low); !done)
        return done;
    if (bar.slots() == 2) {
        if (auto done = cfg.template try_write<std::uint32_t>(0x14 + 4 * index, high); !done)
            return done;
    }
    const auto now = io::pci::read_bar(cfg, index);
    if (!now)
        return io::fail(now.error());
    // upper bits may be hard-wired
    return now->address == bar.address ? io::Result<>{} : io::fail(io::Error::no_memory);
}

// Gives each memory BAR without an address a place in the window, then lets the function decode
// memory and master the bus. While addresses change it decodes nothing. A BAR with an address keeps
// it; ports are left alone. no_memory when one does not fit or does not take its address, else what
// size_bars() says and what the mechanism reports; then the function has the addresses and the
// command that it had, and the window is whole.
template <io::pci::ConfigView View>
constexpr io::Result<io::pci::Bars> assign(const View& cfg, Window& window) {
    auto bars = io::pci::size_bars(cfg);
    if (!bars)
        return bars;
    Window rest = window;
    bool is_new[6]{};
    for (unsigned i = 0; i < bars->count; i += bars->bar[i].slots()) {
        io::pci::BarInfo& bar = bars->bar[i];
        if (bar.size == 0 || bar.address != 0 || bar.kind == io::pci::BarKind::io)
            continue;
        const auto place = rest.take(bar.size);
        if (!place)
            return io::fail(place.error());
        const std::uint64_t most = bar.kind == io::pci::BarKind::memory64 ? ~std::uint64_t{0}
                                   : bar.kind == io::pci::BarKind::memory_below_1m ? 0xf'ffff
                                                                                   : 0xffff'ffff;
        if (*place + bar.size - 1 > most)
            return io::fail(io::Error::no_memory);
        bar.address = *place;
        is_new[i] = true;
    }

    const auto command = io::check_present(cfg.template try_read<std::uint16_t>(0x04));
    if (!command)
        return io::fail(command.error());
    const auto quiet = static_cast<std::uint16_t>(*command & ~0x3u);
    const auto on = static_cast<std::uint16_t>(*command | 0x6u);
    auto done = cfg.template try_write<std::uint16_t>(0x04, quiet);
    for (unsigned i = 0; i < bars->count && done; ++i) {
        if (is_new[i])
            done = move(cfg, i, bars->bar[i]);
    }
    if (done)
        done = cfg.template try_write<std::uint16_t>(0x04, on);
    if (done)
        done = io::pci::check_present(cfg);
    if (done) {
        window = rest;
        return bars;
    }
    static_cast<void>(cfg.template try_write<std::uint16_t>(0x04, quiet));
    for (unsigned i = 0; i < bars->count; ++i) {
        if (is_new[i]) {
            bars->bar[i].address = 0;
            static_cast<void>(move(cfg, i, bars->bar[i]));
        }
    }
    static_cast<void>(cfg.template try_write<std::uint16_t>(0x04, *command));
    return io::fail(done.error());
}

} // namespace pci_assign
