// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a PCI function says about itself, read through a view of its configuration space and through
// nothing else: on hardware, on a simulated function, and in constant expressions.
//
//   auto function = pci_list::decode(cfg);   // cfg: any view of io::pci::Normal or Extended

#include <ioview/ioview.hpp>
#include <ioview/pci/bars.hpp>
#include <ioview/pci/capabilities.hpp>
#include <ioview/pci/registers.hpp>

#include <cstddef>
#include <cstdint>
#include <variant>

namespace pci_list {

namespace io = ioview;
namespace pci = ioview::pci;

// ---- the outcome: plain data ----

struct Msi {
    pci::MsiControl control;
    std::uint64_t address = 0;
    std::uint16_t data = 0;
    std::uint32_t mask = 0; // these two with per_vector_masking only
    std::uint32_t pending = 0;
};
struct Express {
    pci::ExpressCapabilities capabilities;
    pci::DeviceStatus device_status;
    pci::LinkCapabilities link_capabilities;
    pci::LinkStatus link_status;
};
// PCI 3.0, appendix H; of virtio (1.2, 4.1.4) a structure in a BAR
struct Vendor {
    std::uint8_t length = 0;
    bool is_virtio = false;
    std::uint8_t virtio_type = 0;
    std::uint8_t bar = 0;
    std::uint32_t offset = 0;
    std::uint32_t bytes = 0;
    std::uint32_t notify_multiplier = 0;
};
using Content = std::variant<std::monostate, pci::PowerManagement, Msi, pci::Msix, Express, Vendor>;
struct Capability {
    pci::Capability at;
    Content content; // nothing for a capability that is only named here
};

// A range of addresses that a bridge passes on; empty when the limit is below the base.
struct Window {
    bool is_wide = false; // 32-bit I/O, 64-bit memory
    std::uint64_t base = 0;
    std::uint64_t limit = 0; // the last address
};
struct Bridge {
    std::uint8_t primary_bus = 0;
    std::uint8_t secondary_bus = 0;
    std::uint8_t subordinate_bus = 0;
    std::uint8_t latency_timer = 0;
    Window io, memory, prefetchable;
    pci::SecondaryStatus status;
    pci::BridgeControl control;
};

// A list, and the first error, of an item or of the walk, if any.
template <class T, std::size_t N>
struct List {
    T items[N]{};
    std::size_t count = 0;
    io::Error error{};

    constexpr const T* begin() const { return items; }
    constexpr const T* end() const { return items + count; }
    constexpr void add(const T& item) {
        if (count < N)
            items[count++] = item;
        else
            note(io::Error::message_too_large);
    }
    constexpr void note(io::Error other) {
        if (error == io::Error{})
            error = other;
    }
};

struct Function {
    std::uint16_t vendor_id = 0;
    std::uint16_t device_id = 0;
    pci::Command command;
    pci::Status status;
    pci::ClassRevision class_revision;
    std::uint8_t cache_line_size = 0;
    std::uint8_t latency_timer = 0;
    pci::HeaderType header_type;
    pci::Bars bars;
    io::Error bars_error{}; // why there are none
    pci::ExpansionRom expansion_rom;
    std::uint8_t interrupt_line = 0;
    std::uint8_t interrupt_pin = 0;
    std::uint16_t subsystem_vendor_id = 0; // which bridges have in a capability
    std::uint16_t subsystem_id = 0;
    std::uint8_t min_grant = 0; // devices only, as the next
    std::uint8_t max_latency = 0;
    Bridge bridge; // bridges only
    List<Capability, 48> capabilities;
    List<pci::Capability, 64> extended;
};

// ---- structures that the library has no map of ----

struct MsiStart {
    pci::CapabilityHeader header;
    pci::MsiControl control;
};
struct BridgeSubsystem {
    static constexpr std::uint8_t id = 0x0d;
    pci::CapabilityHeader header;
    std::uint16_t reserved;
    std::uint16_t vendor_id;
    std::uint16_t subsystem_id;
};
struct VendorStart {
    static constexpr std::uint8_t id = 0x09;
    pci::CapabilityHeader header;
    std::uint8_t length;
    std::uint8_t first;
};
struct VirtioStructure {
    pci::CapabilityHeader header;
    std::uint8_t length;
    std::uint8_t type; // +3: common, notify, ISR, device
    std::uint8_t bar;
    std::uint8_t structure_id;
    std::uint16_t reserved;
    std::uint32_t offset; // +8, into the BAR
    std::uint32_t bytes;
};
struct VirtioNotify {
    VirtioStructure structure;
    std::uint32_t multiplier; // +0x10
};

// ---- the way there ----

// Reads views of one register each. After a failure it reads nothing any more and gives zeros.
struct Reader {
    io::Error error{};

    template <io::IoBase View>
    constexpr auto operator()(View view) {
        typename View::Target value{};
        if (error != io::Error{})
            return value;
        if (const auto read = view.try_read())
            value = *read;
        else
            error = read.error();
        return value;
    }
};

template <class Header>
constexpr void decode_common(Header header, Reader& read, Function& f) {
    f.vendor_id = read(IO_PROJECT(header, vendor_id));
    f.device_id = read(IO_PROJECT(header, device_id));
    f.command = read(IO_PROJECT(header, command));
    f.status = read(IO_PROJECT(header, status));
    f.class_revision = read(IO_PROJECT(header, class_revision));
    f.cache_line_size = read(IO_PROJECT(header, cache_line_size));
    f.latency_timer = read(IO_PROJECT(header, latency_timer));
    f.header_type = read(IO_PROJECT(header, header_type));
    f.interrupt_line = read(IO_PROJECT(header, interrupt_line));
    f.interrupt_pin = read(IO_PROJECT(header, interrupt_pin));
}

template <io::IoOf<pci::HeaderType0> Header>
constexpr void decode_device(Header header, Reader& read, Function& f) {
    decode_common(header, read, f);
    f.expansion_rom = read(IO_PROJECT(header, expansion_rom));
    f.subsystem_vendor_id = read(IO_PROJECT(header, subsystem_vendor_id));
    f.subsystem_id = read(IO_PROJECT(header, subsystem_id));
    f.min_grant = read(IO_PROJECT(header, min_grant));
    f.max_latency = read(IO_PROJECT(header, max_latency));
}

template <io::IoOf<pci::HeaderType1> Header>
constexpr void decode_bridge(Header header, Reader& read, Function& f) {
    decode_common(header, read, f);
    f.expansion_rom = read(IO_PROJECT(header, expansion_rom));
    Bridge& b = f.bridge;
    b.primary_bus = read(IO_PROJECT(header, primary_bus));
    b.secondary_bus = read(IO_PROJECT(header, secondary_bus));
    b.subordinate_bus = read(IO_PROJECT(header, subordinate_bus));
    b.latency_timer = read(IO_PROJECT(header, secondary_latency_timer));
    b.status = read(IO_PROJECT(header, secondary_status));
    b.control = read(IO_PROJECT(header, bridge_control));

    const auto io_base = read(IO_PROJECT(header, io_base));
    const auto io_limit = read(IO_PROJECT(header, io_limit));
    b.io.is_wide = io_base.is_32_bit() == 1;
    b.io.base = std::uint64_t{io_base.address()} << 12;
    b.io.limit = std::uint64_t{io_limit.address()} << 12 | 0xfff;
    if (b.io.is_wide) {
        b.io.base |= std::uint64_t{read(IO_PROJECT(header, io_base_upper))} << 16;
        b.io.limit |= std::uint64_t{read(IO_PROJECT(header, io_limit_upper))} << 16;
    }
    b.memory.base = std::uint64_t{read(IO_PROJECT(header, memory_base)).address()} << 20;
    b.memory.limit =
        std::uint64_t{read(IO_PROJECT(header, memory_limit)).address()} << 20 | 0xf'ffff;

    const auto base = read(IO_PROJECT(header, prefetchable_base));
    const auto limit = read(IO_PROJECT(header, prefetchable_limit));
    b.prefetchable.is_wide = base.is_64_bit() == 1;
    b.prefetchable.base = std::uint64_t{base.address()} << 20;
    b.prefetchable.limit = std::uint64_t{limit.address()} << 20 | 0xf'ffff;
    if (b.prefetchable.is_wide) {
        b.prefetchable.base |= std::uint64_t{read(IO_PROJECT(header, prefetchable_base_upper))}
                               << 32;
        b.prefetchable.limit |= std::uint64_t{read(IO_PROJECT(header, prefetchable_limit_upper))}
                                << 32;
    }
}

template <class View>
constexpr Msi decode_msi_layout(View msi, pci::MsiControl control, Reader& read) {
    Msi m;
    m.control = control;
    m.address = read(IO_PROJECT(msi, address));
    if constexpr (io::IoOf<View, pci::Msi64> || io::IoOf<View, pci::MaskedMsi64>)
        m.address |= std::uint64_t{read(IO_PROJECT(msi, address_upper))} << 32;
    m.data = read(IO_PROJECT(msi, data));
    if constexpr (io::IoOf<View, pci::MaskedMsi32> || io::IoOf<View, pci::MaskedMsi64>) {
        m.mask = read(IO_PROJECT(msi, mask));
        m.pending = read(IO_PROJECT(msi, pending));
    }
    return m;
}

// What f makes of the structure of type U at offset; nothing, and an error in read, when the
// structure does not fit.
template <class U, pci::ConfigView Cfg, class F>
constexpr Content structure(Cfg cfg, std::size_t offset, Reader& read, F f) {
    if (const auto view = cfg.template try_subview<U>(offset))
        return f(*view);
    else if (read.error == io::Error{})
        read.error = view.error();
    return {};
}

template <pci::ConfigView Cfg>
constexpr Content decode_power_management(Cfg cfg, std::size_t offset, Reader& read) {
    return structure<pci::PowerManagement>(cfg, offset, read, [&](auto view) -> Content {
        pci::PowerManagement pm{};
        pm.capabilities = read(IO_PROJECT(view, capabilities));
        pm.control_status = read(IO_PROJECT(view, control_status));
        return pm;
    });
}

template <pci::ConfigView Cfg>
constexpr Content decode_msi(Cfg cfg, std::size_t offset, Reader& read) {
    return structure<MsiStart>(cfg, offset, read, [&](auto start) -> Content {
        const pci::MsiControl control = read(IO_PROJECT(start, control));
        const auto decode = [&](auto view) -> Content {
            return decode_msi_layout(view, control, read);
        };
        if (control.is_64_bit() && control.per_vector_masking())
            return structure<pci::MaskedMsi64>(cfg, offset, read, decode);
        if (control.is_64_bit())
            return structure<pci::Msi64>(cfg, offset, read, decode);
        if (control.per_vector_masking())
            return structure<pci::MaskedMsi32>(cfg, offset, read, decode);
        return structure<pci::Msi32>(cfg, offset, read, decode);
    });
}

template <pci::ConfigView Cfg>
constexpr Content decode_msix(Cfg cfg, std::size_t offset, Reader& read) {
    return structure<pci::Msix>(cfg, offset, read, [&](auto view) -> Content {
        pci::Msix msix{};
        msix.control = read(IO_PROJECT(view, control));
        msix.table = read(IO_PROJECT(view, table));
        msix.pending = read(IO_PROJECT(view, pending));
        return msix;
    });
}

template <pci::ConfigView Cfg>
constexpr Content decode_express(Cfg cfg, std::size_t offset, Reader& read) {
    return structure<pci::Express>(cfg, offset, read, [&](auto view) -> Content {
        return Express{read(IO_PROJECT(view, capabilities)),
                       read(IO_PROJECT(view, device_status)),
                       read(IO_PROJECT(view, link_capabilities)),
                       read(IO_PROJECT(view, link_status))};
    });
}

template <pci::ConfigView Cfg>
constexpr Content decode_vendor(Cfg cfg, std::size_t offset, bool is_virtio, Reader& read) {
    return structure<VendorStart>(cfg, offset, read, [&](auto start) -> Content {
        Vendor v;
        v.length = read(IO_PROJECT(start, length));
        if (!is_virtio || v.length < sizeof(VirtioStructure))
            return v;
        return structure<VirtioStructure>(cfg, offset, read, [&](auto view) -> Content {
            v.is_virtio = true;
            v.virtio_type = read(IO_PROJECT(view, type));
            v.bar = read(IO_PROJECT(view, bar));
            v.offset = read(IO_PROJECT(view, offset));
            v.bytes = read(IO_PROJECT(view, bytes));
            if (v.virtio_type != 2 || v.length < sizeof(VirtioNotify))
                return v;
            return structure<VirtioNotify>(cfg, offset, read, [&](auto notify) -> Content {
                v.notify_multiplier = read(IO_PROJECT(notify, multiplier));
                return v;
            });
        });
    });
}

template <pci::ConfigView Cfg>
constexpr Content decode_subsystem(Cfg cfg, std::size_t offset, Reader& read, Function& f) {
    return structure<BridgeSubsystem>(cfg, offset, read, [&](auto view) -> Content {
        if (f.subsystem_vendor_id == 0) { // of two, the first
            f.subsystem_vendor_id = read(IO_PROJECT(view, vendor_id));
            f.subsystem_id = read(IO_PROJECT(view, subsystem_id));
        }
        return {};
    });
}

template <pci::ConfigView Cfg>
constexpr Content decode_content(Cfg cfg, pci::Capability at, Reader& read, Function& f) {
    switch (at.id) {
    case pci::PowerManagement::id:
        return decode_power_management(cfg, at.offset, read);
    case pci::Msi32::id:
        return decode_msi(cfg, at.offset, read);
    case pci::Msix::id:
        return decode_msix(cfg, at.offset, read);
    case pci::Express::id:
        return decode_express(cfg, at.offset, read);
    case VendorStart::id:
        return decode_vendor(cfg, at.offset, f.vendor_id == 0x1af4, read);
    case BridgeSubsystem::id:
        return f.header_type.layout() == 1 ? decode_subsystem(cfg, at.offset, read, f) : Content{};
    default:
        return {};
    }
}

// The error is that of the header, no_device when nothing answers; what is wrong further on is in
// the lists.
template <pci::ConfigView Cfg>
constexpr io::Result<Function> decode(Cfg cfg) {
    Function f;
    Reader read;
    const auto type = read(cfg.template view_of<pci::HeaderType>());
    if (type.layout() == 1)
        decode_bridge(cfg.template subview<pci::HeaderType1>(0), read, f);
    else if (type.layout() == 0)
        decode_device(cfg.template subview<pci::HeaderType0>(0), read, f);
    else // of another layout: what all have in common
        decode_common(cfg.template subview<pci::HeaderType0>(0), read, f);
    if (read.error != io::Error{})
        return io::fail(read.error);
    if (f.vendor_id == 0xffff)
        return io::fail(io::Error::no_device);
    if (const auto bars = pci::read_bars(cfg))
        f.bars = *bars;
    else
        f.bars_error = bars.error();

    for (const auto& at : pci::capabilities(cfg)) {
        Reader each; // what is wrong with one says nothing of the next
        if (at)
            f.capabilities.add({*at, decode_content(cfg, *at, each, f)});
        f.capabilities.note(at ? each.error : at.error());
    }
    if constexpr (io::min_size_of<typename Cfg::Target> >= 4'096) {
        for (const auto& at : pci::extended_capabilities(cfg)) {
            if (at)
                f.extended.add(*at);
            else
                f.extended.note(at.error());
        }
    }
    return f;
}

} // namespace pci_list
