// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A decoded function as lines of text, each as `lspci -D -n -vv` of pciutils 3.9 begins it.
//
//   fmt::print("{}", pci_list::to_text(address, function));

#include <ioview/linux/sysfs_config.hpp>

#include "pci_decode.hpp"

#include <fmt/format.h>
#include <iterator>
#include <string>

namespace pci_list {

class Text {
public:
    template <class... Args>
    void operator()(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    }
    [[nodiscard]] const std::string& str() const { return text_; }

private:
    std::string text_;
};

[[nodiscard]] inline char sign(bool flag) {
    return flag ? '+' : '-';
}

[[nodiscard]] inline const char* devsel_name(pci::Devsel devsel) {
    switch (devsel) {
    case pci::Devsel::fast:
        return "fast";
    case pci::Devsel::medium:
        return "medium";
    case pci::Devsel::slow:
        return "slow";
    }
    return "??";
}

[[nodiscard]] inline std::string size_text(std::uint64_t size) {
    const char* unit = "";
    for (const char* next : {"K", "M", "G", "T"}) {
        if (size == 0 || size % 1'024 != 0)
            break;
        size /= 1'024;
        unit = next;
    }
    return fmt::format("[size={}{}]", size, unit);
}

inline void print_command(Text& out, pci::Command c) {
    out("\tControl: I/O{} Mem{} BusMaster{} SpecCycle{} MemWINV{} VGASnoop{} ParErr{} Stepping{} "
        "SERR{} FastB2B{} DisINTx{}\n",
        sign(c.io_space()),
        sign(c.memory_space()),
        sign(c.bus_master()),
        sign(c.special_cycles()),
        sign(c.memory_write_and_invalidate()),
        sign(c.vga_palette_snoop()),
        sign(c.parity_error_response()),
        sign(c.stepping()),
        sign(c.system_error_enable()),
        sign(c.fast_back_to_back()),
        sign(c.interrupt_disable()));
}

inline void print_status(Text& out, pci::Status s) {
    out("\tStatus: Cap{} 66MHz{} UDF{} FastB2B{} ParErr{} DEVSEL={} >TAbort{} <TAbort{} <MAbort{} "
        ">SERR{} <PERR{} INTx{}\n",
        sign(s.capabilities_list()),
        sign(s.capable_of_66_mhz()),
        sign(s.user_definable_features()),
        sign(s.fast_back_to_back_capable()),
        sign(s.master_data_parity_error()),
        devsel_name(s.devsel()),
        sign(s.signaled_target_abort()),
        sign(s.received_target_abort()),
        sign(s.received_master_abort()),
        sign(s.signaled_system_error()),
        sign(s.detected_parity_error()),
        sign(s.interrupt_status()));
}

inline void print_latency(Text& out, const Function& f) {
    out("\tLatency: {}", f.latency_timer);
    if (f.min_grant != 0 && f.max_latency != 0)
        out(" ({}ns min, {}ns max)", f.min_grant * 250, f.max_latency * 250);
    else if (f.min_grant != 0)
        out(" ({}ns min)", f.min_grant * 250);
    else if (f.max_latency != 0)
        out(" ({}ns max)", f.max_latency * 250);
    if (f.cache_line_size != 0)
        out(", Cache Line Size: {} bytes", f.cache_line_size * 4);
    out("\n");
}

inline void print_bars(Text& out, const Function& f) {
    if (f.bars_error != io::Error{})
        out("\tRegions: <{}>\n", io::to_string(f.bars_error));
    for (unsigned i = 0; i < f.bars.count; ++i) {
        const pci::BarInfo& bar = f.bars.bar[i];
        if (bar.kind == pci::BarKind::none)
            continue;
        const bool is_io = bar.kind == pci::BarKind::io;
        out("\tRegion {}: {} at ", i, is_io ? "I/O ports" : "Memory");
        if (bar.address == 0)
            out("<unassigned>");
        else if (is_io)
            out("{:04x}", bar.address);
        else
            out("{:08x}", bar.address);
        if (!is_io)
            out(" ({}, {}prefetchable)",
                bar.kind == pci::BarKind::memory64   ? "64-bit"
                : bar.kind == pci::BarKind::memory32 ? "32-bit"
                                                     : "low-1M",
                bar.prefetchable ? "" : "non-");
        if (!(is_io ? f.command.io_space() : f.command.memory_space()))
            out(" [disabled]");
        if (bar.size != 0)
            out(" {}", size_text(bar.size));
        out("\n");
    }
}

inline void print_rom(Text& out, const Function& f) {
    if (f.expansion_rom.address() != 0)
        out("\tExpansion ROM at {:08x}{}\n",
            f.expansion_rom.address().get(),
            !f.expansion_rom.enable()   ? " [disabled]"
            : !f.command.memory_space() ? " [disabled by cmd]"
                                        : "");
}

inline void print_window(Text& out,
                         const char* name,
                         const Window& window,
                         unsigned digits,
                         const char* narrow,
                         const char* wide) {
    out("\t{} behind bridge: ", name);
    if (window.base <= window.limit)
        out("{:0{}x}-{:0{}x} {}",
            window.base,
            digits,
            window.limit,
            digits,
            size_text(window.limit - window.base + 1));
    else
        out("[disabled]");
    out(" [{}]\n", window.is_wide ? wide : narrow);
}

inline void print_bridge(Text& out, const Bridge& b) {
    out("\tBus: primary={:02x}, secondary={:02x}, subordinate={:02x}, sec-latency={}\n",
        b.primary_bus,
        b.secondary_bus,
        b.subordinate_bus,
        b.latency_timer);
    print_window(out, "I/O", b.io, b.io.is_wide ? 8 : 4, "16-bit", "32-bit");
    print_window(out, "Memory", b.memory, 8, "32-bit", "64-bit");
    print_window(out,
                 "Prefetchable memory",
                 b.prefetchable,
                 b.prefetchable.is_wide ? 16 : 8,
                 "32-bit",
                 "64-bit");
    out("\tSecondary status: 66MHz{} FastB2B{} ParErr{} DEVSEL={} >TAbort{} <TAbort{} <MAbort{} "
        "<SERR{} <PERR{}\n",
        sign(b.status.capable_of_66_mhz()),
        sign(b.status.fast_back_to_back_capable()),
        sign(b.status.master_data_parity_error()),
        devsel_name(b.status.devsel()),
        sign(b.status.signaled_target_abort()),
        sign(b.status.received_target_abort()),
        sign(b.status.received_master_abort()),
        sign(b.status.received_system_error()),
        sign(b.status.detected_parity_error()));
}

inline void print_bridge_control(Text& out, pci::BridgeControl c) {
    out("\tBridgeCtl: Parity{} SERR{} NoISA{} VGA{} VGA16{} MAbort{} >Reset{} FastB2B{}\n",
        sign(c.parity_error_response()),
        sign(c.system_error_enable()),
        sign(c.isa_enable()),
        sign(c.vga_enable()),
        sign(c.vga_16_bit_decode()),
        sign(c.master_abort_mode()),
        sign(c.secondary_bus_reset()),
        sign(c.fast_back_to_back()));
    out("\t\tPriDiscTmr{} SecDiscTmr{} DiscTmrStat{} DiscTmrSERREn{}\n",
        sign(c.primary_discard_timer()),
        sign(c.secondary_discard_timer()),
        sign(c.discard_timer_status()),
        sign(c.discard_timer_system_error_enable()));
}

// ---- capabilities ----

[[nodiscard]] inline std::string capability_name(unsigned id) {
    static constexpr const char* names[] = {"Null",
                                            "Power Management",
                                            "AGP",
                                            "Vital Product Data",
                                            "Slot ID",
                                            "MSI",
                                            "CompactPCI hot-swap <?>",
                                            "PCI-X",
                                            "HyperTransport",
                                            "Vendor Specific Information",
                                            "Debug port",
                                            "CompactPCI central resource control <?>",
                                            "Hot-plug capable",
                                            "Subsystem",
                                            "AGP3 <?>",
                                            "Secure device <?>",
                                            "Express",
                                            "MSI-X",
                                            "SATA HBA",
                                            "PCI Advanced Features",
                                            "Enhanced Allocation (EA)"};
    return id < std::size(names) ? names[id] : fmt::format("Capability ID {:#04x}", id);
}

[[nodiscard]] inline std::string extended_capability_name(unsigned id) {
    switch (id) {
    case 0x01:
        return "Advanced Error Reporting";
    case 0x02:
    case 0x09:
        return "Virtual Channel";
    case 0x03:
        return "Device Serial Number";
    case 0x04:
        return "Power Budgeting <?>";
    case 0x05:
        return "Root Complex Link";
    case 0x0b:
        return "Vendor Specific Information";
    case 0x0d:
        return "Access Control Services";
    case 0x0e:
        return "Alternative Routing-ID Interpretation (ARI)";
    case 0x0f:
        return "Address Translation Service (ATS)";
    case 0x10:
        return "Single Root I/O Virtualization (SR-IOV)";
    case 0x12:
        return "Multicast";
    case 0x13:
        return "Page Request Interface (PRI)";
    case 0x15:
        return "Physical Resizable BAR";
    case 0x16:
        return "Dynamic Power Allocation <?>";
    case 0x17:
        return "Transaction Processing Hints";
    case 0x18:
        return "Latency Tolerance Reporting";
    case 0x19:
        return "Secondary PCI Express";
    case 0x1b:
        return "Process Address Space ID (PASID)";
    case 0x1d:
        return "Downstream Port Containment";
    case 0x1e:
        return "L1 PM Substates";
    case 0x1f:
        return "Precision Time Measurement";
    case 0x23:
        return "Designated Vendor-Specific";
    case 0x24:
        return "Virtual Resizable BAR";
    case 0x25:
        return "Data Link Feature <?>";
    case 0x26:
        return "Physical Layer 16.0 GT/s <?>";
    case 0x27:
        return "Lane Margining at the Receiver <?>";
    default:
        return fmt::format("Extended Capability ID {:#04x}", id);
    }
}

struct ContentPrinter {
    Text& out;
    unsigned id;

    void operator()(std::monostate) const { out("{}\n", capability_name(id)); }

    void operator()(const pci::PowerManagement& pm) const {
        static constexpr int milliamperes[] = {0, 55, 100, 160, 220, 270, 320, 375};
        const pci::PmCapabilities c = pm.capabilities;
        const pci::PmControlStatus s = pm.control_status;
        const unsigned pme = c.pme_support();
        out("Power Management version {}\n", c.version().get());
        out("\t\tFlags: PMEClk{} DSI{} D1{} D2{} AuxCurrent={}mA "
            "PME(D0{},D1{},D2{},D3hot{},D3cold{})\n",
            sign(c.pme_clock()),
            sign(c.device_specific_initialization()),
            sign(c.d1_support()),
            sign(c.d2_support()),
            milliamperes[c.aux_current().get()],
            sign((pme & 1) != 0),
            sign((pme & 2) != 0),
            sign((pme & 4) != 0),
            sign((pme & 8) != 0),
            sign((pme & 16) != 0));
        out("\t\tStatus: D{} NoSoftRst{} PME-Enable{} DSel={} DScale={} PME{}\n",
            static_cast<unsigned>(s.power_state()),
            sign(s.no_soft_reset()),
            sign(s.pme_enable()),
            s.data_select().get(),
            s.data_scale().get(),
            sign(s.pme_status()));
    }

    void operator()(const Msi& msi) const {
        const pci::MsiControl c = msi.control;
        out("MSI: Enable{} Count={}/{} Maskable{} 64bit{}\n",
            sign(c.enable()),
            1u << c.multiple_message_enable().get(),
            1u << c.multiple_message_capable().get(),
            sign(c.per_vector_masking()),
            sign(c.is_64_bit()));
        out("\t\tAddress: {:0{}x}  Data: {:04x}\n", msi.address, c.is_64_bit() ? 16 : 8, msi.data);
        if (c.per_vector_masking())
            out("\t\tMasking: {:08x}  Pending: {:08x}\n", msi.mask, msi.pending);
    }

    void operator()(const pci::Msix& msix) const {
        out("MSI-X: Enable{} Count={} Masked{}\n",
            sign(msix.control.enable()),
            msix.control.last_vector() + 1,
            sign(msix.control.function_mask()));
        out("\t\tVector table: BAR={} offset={:08x}\n",
            msix.table.bar().get(),
            msix.table.offset().get());
        out("\t\tPBA: BAR={} offset={:08x}\n",
            msix.pending.bar().get(),
            msix.pending.offset().get());
    }

    void operator()(const Express& express) const {
        const pci::ExpressCapabilities c = express.capabilities;
        const pci::DeviceStatus d = express.device_status;
        out("Express (v{}) {}, MSI {:02x}\n",
            c.version().get(),
            port_name(c),
            c.interrupt_message_number().get());
        out("\t\tDevSta:\tCorrErr{} NonFatalErr{} FatalErr{} UnsupReq{} AuxPwr{} TransPend{}\n",
            sign(d.correctable_error()),
            sign(d.non_fatal_error()),
            sign(d.fatal_error()),
            sign(d.unsupported_request()),
            sign(d.aux_power()),
            sign(d.transactions_pending()));
        if (c.port_type() != pci::PortType::integrated_endpoint &&
            c.port_type() != pci::PortType::event_collector)
            print_link(c.port_type(), express.link_capabilities, express.link_status);
    }

    void print_link(pci::PortType port, pci::LinkCapabilities can, pci::LinkStatus is) const {
        const bool may_be_less = port == pci::PortType::root_port ||
                                 port == pci::PortType::downstream_port ||
                                 port == pci::PortType::bridge_from_pci;
        const auto verdict = [&](unsigned now, unsigned most) {
            return now > most ? " (overdriven)" : now == most || may_be_less ? "" : " (downgraded)";
        };
        out("\t\tLnkSta:\tSpeed {}{}, Width x{}{}\n",
            speed_name(is.speed()),
            verdict(is.speed(), can.max_speed()),
            is.width().get(),
            verdict(is.width(), can.max_width()));
    }

    void operator()(const Vendor& vendor) const {
        static constexpr const char* types[] = {
            "<unknown>", "CommonCfg", "Notify", "ISR", "DeviceCfg"};
        if (!vendor.is_virtio) {
            out("Vendor Specific Information: Len={:02x}\n", vendor.length);
            return;
        }
        out("Vendor Specific Information: VirtIO: {}\n",
            types[vendor.virtio_type < std::size(types) ? vendor.virtio_type : 0]);
        out("\t\tBAR={} offset={:08x} size={:08x}", vendor.bar, vendor.offset, vendor.bytes);
        if (vendor.virtio_type == 2)
            out(" multiplier={:08x}", vendor.notify_multiplier);
        out("\n");
    }

    [[nodiscard]] static std::string port_name(pci::ExpressCapabilities c) {
        const char* slot = c.slot_implemented() ? "(Slot+)" : "(Slot-)";
        switch (c.port_type()) {
        case pci::PortType::endpoint:
            return "Endpoint";
        case pci::PortType::legacy_endpoint:
            return "Legacy Endpoint";
        case pci::PortType::root_port:
            return fmt::format("Root Port {}", slot);
        case pci::PortType::upstream_port:
            return "Upstream Port";
        case pci::PortType::downstream_port:
            return fmt::format("Downstream Port {}", slot);
        case pci::PortType::bridge_to_pci:
            return "PCI-Express to PCI/PCI-X Bridge";
        case pci::PortType::bridge_from_pci:
            return fmt::format("PCI/PCI-X to PCI-Express Bridge {}", slot);
        case pci::PortType::integrated_endpoint:
            return "Root Complex Integrated Endpoint";
        case pci::PortType::event_collector:
            return "Root Complex Event Collector";
        }
        return fmt::format("Unknown type {}", static_cast<unsigned>(c.port_type()));
    }
    [[nodiscard]] static const char* speed_name(unsigned speed) {
        static constexpr const char* names[] = {
            "unknown", "2.5GT/s", "5GT/s", "8GT/s", "16GT/s", "32GT/s", "64GT/s"};
        return names[speed < std::size(names) ? speed : 0];
    }
};

inline void print_capabilities(Text& out, const Function& f) {
    for (const Capability& c : f.capabilities) {
        out("\tCapabilities: [{:02x}] ", c.at.offset);
        std::visit(ContentPrinter{out, c.at.id}, c.content);
    }
    if (f.capabilities.error != io::Error{})
        out("\tCapabilities: <{}>\n", io::to_string(f.capabilities.error));
    for (const pci::Capability& c : f.extended)
        out("\tCapabilities: [{:x} v{}] {}\n", c.offset, c.version, extended_capability_name(c.id));
    if (f.extended.error != io::Error{})
        out("\tCapabilities: <{}>\n", io::to_string(f.extended.error));
}

[[nodiscard]] inline std::string to_text(const pci::Address& address, const Function& f) {
    Text out;
    out("{} {:02x}{:02x}: {:04x}:{:04x}",
        to_string(address),
        f.class_revision.base_class().get(),
        f.class_revision.sub_class().get(),
        f.vendor_id,
        f.device_id);
    if (f.class_revision.revision() != 0)
        out(" (rev {:02x})", f.class_revision.revision().get());
    if (f.class_revision.programming_interface() != 0)
        out(" (prog-if {:02x})", f.class_revision.programming_interface().get());
    out("\n");
    if (f.header_type.layout() > 1)
        out("\tHeader of unknown layout {}\n", f.header_type.layout().get());
    if (f.subsystem_vendor_id != 0 && f.subsystem_vendor_id != 0xffff)
        out("\tSubsystem: {:04x}:{:04x}\n", f.subsystem_vendor_id, f.subsystem_id);
    print_command(out, f.command);
    print_status(out, f.status);
    if (f.command.bus_master())
        print_latency(out, f);
    if (f.interrupt_pin != 0)
        out("\tInterrupt: pin {}\n", static_cast<char>('A' + (f.interrupt_pin - 1) % 26));
    print_bars(out, f);
    if (f.header_type.layout() == 1)
        print_bridge(out, f.bridge);
    print_rom(out, f);
    if (f.header_type.layout() == 1)
        print_bridge_control(out, f.bridge.control);
    print_capabilities(out, f);
    return out.str();
}

} // namespace pci_list
