// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The registers of configuration space: both header layouts and the capabilities that nearly every
// function has. Bits as in the PCI Local Bus Specification 3.0 (PCI), the PCI-to-PCI Bridge
// Architecture Specification 1.2 (bridge), the PCI Bus Power Management Interface Specification 1.2
// (PM) and the PCI Express Base Specification 5.0 (PCIe).
//
//   auto header = cfg.subview<io::pci::HeaderType0>(0);
//   if (IO_READ(header, command).bus_master()) { … }
//   auto msix = cfg.try_subview<io::pci::Msix>(capability.offset);

#include <ioview/register.hpp>

#include <cstdint>

namespace ioview::pci {

// ---- what both headers begin with: PCI 6.1, PCIe 7.5.1.1 ----

// PCI 6.2.2, PCIe 7.5.1.1.3
struct Command : Register<Command, std::uint16_t, fixed<0x04>> {
    IOVIEW_FIELDS(bit(10, interrupt_disable),
                  bit(9, fast_back_to_back),
                  bit(8, system_error_enable),
                  bit(7, stepping), // earlier than PCI 3.0, now 0
                  bit(6, parity_error_response),
                  bit(5, vga_palette_snoop),
                  bit(4, memory_write_and_invalidate),
                  bit(3, special_cycles),
                  bit(2, bus_master),
                  bit(1, memory_space),
                  bit(0, io_space));
};

// How fast a PCI target answers: Status, PCI 6.2.3
enum class Devsel : std::uint8_t { fast, medium, slow };

// PCI 6.2.3, PCIe 7.5.1.1.4
struct Status : Register<Status, std::uint16_t, fixed<0x06>> {
    IOVIEW_FIELDS(bit(15, detected_parity_error, w1c),
                  bit(14, signaled_system_error, w1c),
                  bit(13, received_master_abort, w1c),
                  bit(12, received_target_abort, w1c),
                  bit(11, signaled_target_abort, w1c),
                  bits(10, 9, devsel, Devsel, ro),
                  bit(8, master_data_parity_error, w1c),
                  bit(7, fast_back_to_back_capable, ro),
                  bit(6, user_definable_features, ro), // PCI 2.1
                  bit(5, capable_of_66_mhz, ro),
                  bit(4, capabilities_list, ro),
                  bit(3, interrupt_status, ro),
                  bit(0, immediate_readiness, ro));
};

// PCI 6.2.1: revision and class
struct ClassRevision : Register<ClassRevision, std::uint32_t, fixed<0x08>, ro> {
    IOVIEW_FIELDS(bits(31, 24, base_class),
                  bits(23, 16, sub_class),
                  bits(15, 8, programming_interface),
                  bits(7, 0, revision));
};

// PCI 6.2.1
struct HeaderType : Register<HeaderType, std::uint8_t, fixed<0x0e>, ro> {
    IOVIEW_FIELDS(bit(7, multi_function), bits(6, 0, layout));
};

// PCI 6.2.4
struct Bist : Register<Bist, std::uint8_t, fixed<0x0f>> {
    IOVIEW_FIELDS(bit(7, capable, ro), bit(6, start), bits(3, 0, completion_code, ro));
};

// PCI 6.2.5.1: a base address register, as what its bit 0 says that it is
enum class MemoryType : std::uint8_t { bits32 = 0, below_1m = 1, bits64 = 2 };
struct MemoryBar : Register<MemoryBar, std::uint32_t> {
    IOVIEW_FIELDS(unshifted(31, 4, address),
                  bit(3, prefetchable, ro),
                  bits(2, 1, type, MemoryType, ro),
                  bit(0, is_io, ro));
};
struct IoBar : Register<IoBar, std::uint32_t> {
    IOVIEW_FIELDS(unshifted(31, 2, address), bit(0, is_io, ro));
};

// PCI 6.2.5.2
struct ExpansionRom : Register<ExpansionRom, std::uint32_t> {
    IOVIEW_FIELDS(unshifted(31, 11, address), bit(0, enable));
};

// Devices: PCI figure 6-1
struct HeaderType0 {
    std::uint16_t vendor_id; // 0x00
    std::uint16_t device_id;
    Command command; // 0x04
    Status status;
    ClassRevision class_revision; // 0x08
    std::uint8_t cache_line_size; // 0x0c, in 32-bit words
    std::uint8_t latency_timer;
    HeaderType header_type;
    Bist bist;
    std::uint32_t bars[6];             // 0x10: MemoryBar or IoBar
    std::uint32_t cardbus_cis;         // 0x28
    std::uint16_t subsystem_vendor_id; // 0x2c
    std::uint16_t subsystem_id;
    ExpansionRom expansion_rom; // 0x30
    std::uint8_t capabilities;  // 0x34
    std::uint8_t reserved[7];
    std::uint8_t interrupt_line; // 0x3c
    std::uint8_t interrupt_pin;
    std::uint8_t min_grant; // in quarters of a microsecond
    std::uint8_t max_latency;
};
static_assert(sizeof(HeaderType0) == 0x40);

// ---- PCI-to-PCI bridges: bridge 3.2, PCIe 7.5.1.3 ----

// bridge 3.2.5.7: as Status, but of the other side, and without capabilities and interrupt
struct SecondaryStatus : Register<SecondaryStatus, std::uint16_t, fixed<0x1e>> {
    IOVIEW_FIELDS(bit(15, detected_parity_error, w1c),
                  bit(14, received_system_error, w1c),
                  bit(13, received_master_abort, w1c),
                  bit(12, received_target_abort, w1c),
                  bit(11, signaled_target_abort, w1c),
                  bits(10, 9, devsel, Devsel, ro),
                  bit(8, master_data_parity_error, w1c),
                  bit(7, fast_back_to_back_capable, ro),
                  bit(5, capable_of_66_mhz, ro));
};

// bridge 3.2.5.6: bits 15 to 12 of an I/O address
struct IoWindow : Register<IoWindow, std::uint8_t> {
    IOVIEW_FIELDS(bits(7, 4, address), bits(3, 0, is_32_bit, ro));
};
// bridge 3.2.5.8 and 3.2.5.9: bits 31 to 20 of a memory address; 64-bit prefetchable windows have
// more of it in registers of their own
struct MemoryWindow : Register<MemoryWindow, std::uint16_t> {
    IOVIEW_FIELDS(bits(15, 4, address), bits(3, 0, is_64_bit, ro));
};

// bridge 3.2.5, PCIe 7.5.1.3.13
struct BridgeControl : Register<BridgeControl, std::uint16_t, fixed<0x3e>> {
    IOVIEW_FIELDS(bit(11, discard_timer_system_error_enable),
                  bit(10, discard_timer_status, w1c),
                  bit(9, secondary_discard_timer),
                  bit(8, primary_discard_timer),
                  bit(7, fast_back_to_back),
                  bit(6, secondary_bus_reset),
                  bit(5, master_abort_mode),
                  bit(4, vga_16_bit_decode),
                  bit(3, vga_enable),
                  bit(2, isa_enable),
                  bit(1, system_error_enable),
                  bit(0, parity_error_response));
};

struct HeaderType1 {
    std::uint16_t vendor_id; // 0x00
    std::uint16_t device_id;
    Command command; // 0x04
    Status status;
    ClassRevision class_revision; // 0x08
    std::uint8_t cache_line_size; // 0x0c
    std::uint8_t latency_timer;
    HeaderType header_type;
    Bist bist;
    std::uint32_t bars[2];    // 0x10
    std::uint8_t primary_bus; // 0x18
    std::uint8_t secondary_bus;
    std::uint8_t subordinate_bus;
    std::uint8_t secondary_latency_timer;
    IoWindow io_base; // 0x1c
    IoWindow io_limit;
    SecondaryStatus secondary_status;
    MemoryWindow memory_base; // 0x20
    MemoryWindow memory_limit;
    MemoryWindow prefetchable_base; // 0x24
    MemoryWindow prefetchable_limit;
    std::uint32_t prefetchable_base_upper;  // 0x28
    std::uint32_t prefetchable_limit_upper; // 0x2c
    std::uint16_t io_base_upper;            // 0x30
    std::uint16_t io_limit_upper;
    std::uint8_t capabilities; // 0x34
    std::uint8_t reserved[3];
    ExpansionRom expansion_rom;  // 0x38
    std::uint8_t interrupt_line; // 0x3c
    std::uint8_t interrupt_pin;
    BridgeControl bridge_control;
};
static_assert(sizeof(HeaderType1) == 0x40);

// ---- capabilities: each struct begins at Capability::offset ----

// What every capability begins with: PCI 6.7
struct CapabilityHeader {
    std::uint8_t id;
    std::uint8_t next;
};

// PM 3.2.3
struct PmCapabilities : Register<PmCapabilities, std::uint16_t, unlocated, ro> {
    IOVIEW_FIELDS(bits(15, 11, pme_support), // from D3cold, D3hot, D2, D1, D0
                  bit(10, d2_support),
                  bit(9, d1_support),
                  bits(8, 6, aux_current),
                  bit(5, device_specific_initialization),
                  bit(3, pme_clock),
                  bits(2, 0, version));
};
enum class PowerState : std::uint8_t { d0, d1, d2, d3_hot };
// PM 3.2.4
struct PmControlStatus : Register<PmControlStatus, std::uint16_t> {
    IOVIEW_FIELDS(bit(15, pme_status, w1c),
                  bits(14, 13, data_scale, ro),
                  bits(12, 9, data_select),
                  bit(8, pme_enable),
                  bit(3, no_soft_reset, ro),
                  bits(1, 0, power_state, PowerState));
};
struct PowerManagement {
    static constexpr std::uint8_t id = 0x01;
    CapabilityHeader header;
    PmCapabilities capabilities;    // +2
    PmControlStatus control_status; // +4
    std::uint8_t bridge_extensions; // +6
    std::uint8_t data;
};
static_assert(sizeof(PowerManagement) == 8);

// PCI 6.8.1.3
struct MsiControl : Register<MsiControl, std::uint16_t> {
    IOVIEW_FIELDS(bit(8, per_vector_masking, ro),
                  bit(7, is_64_bit, ro),
                  bits(6, 4, multiple_message_enable),      // 2^n vectors
                  bits(3, 1, multiple_message_capable, ro), // 2^n vectors
                  bit(0, enable));
};
// PCI 6.8.1: the four layouts, told apart by is_64_bit and per_vector_masking. Each ends where its
// capability does, so that it can be the last thing in the space.
struct Msi32 {
    static constexpr std::uint8_t id = 0x05;
    CapabilityHeader header;
    MsiControl control;    // +2
    std::uint32_t address; // +4
    std::uint16_t data;    // +8
    std::uint16_t reserved;
};
struct Msi64 {
    static constexpr std::uint8_t id = 0x05;
    CapabilityHeader header;
    MsiControl control;          // +2
    std::uint32_t address;       // +4
    std::uint32_t address_upper; // +8
    std::uint16_t data;          // +0xc
    std::uint16_t reserved;
};
struct MaskedMsi32 {
    static constexpr std::uint8_t id = 0x05;
    CapabilityHeader header;
    MsiControl control;    // +2
    std::uint32_t address; // +4
    std::uint16_t data;    // +8
    std::uint16_t reserved;
    std::uint32_t mask;    // +0xc, a bit each vector
    std::uint32_t pending; // +0x10
};
struct MaskedMsi64 {
    static constexpr std::uint8_t id = 0x05;
    CapabilityHeader header;
    MsiControl control;          // +2
    std::uint32_t address;       // +4
    std::uint32_t address_upper; // +8
    std::uint16_t data;          // +0xc
    std::uint16_t reserved;
    std::uint32_t mask;    // +0x10
    std::uint32_t pending; // +0x14
};
static_assert(sizeof(Msi32) == 0xc && sizeof(Msi64) == 0x10);
static_assert(sizeof(MaskedMsi32) == 0x14 && sizeof(MaskedMsi64) == 0x18);

// PCI 6.8.2.3
struct MsixControl : Register<MsixControl, std::uint16_t> {
    IOVIEW_FIELDS(bit(15, enable), bit(14, function_mask), bits(10, 0, last_vector, ro));
};
// PCI 6.8.2.4 and 6.8.2.5: where the vector table or the pending bits are, in bytes into a BAR
struct MsixPlace : Register<MsixPlace, std::uint32_t, unlocated, ro> {
    IOVIEW_FIELDS(unshifted(31, 3, offset), bits(2, 0, bar));
};
struct Msix {
    static constexpr std::uint8_t id = 0x11;
    CapabilityHeader header;
    MsixControl control; // +2
    MsixPlace table;     // +4
    MsixPlace pending;   // +8
};
static_assert(sizeof(Msix) == 0xc);

// PCI 6.8.2.9: upper bits are reserved, and kept
struct MsixVectorControl : Register<MsixVectorControl, std::uint32_t> {
    IOVIEW_FIELDS(bit(0, masked));
};
// PCI 6.8.2.6: of the vector table, which is in a BAR; pci/msix.hpp has a view of it
struct MsixEntry {
    std::uint32_t address; // +0, a multiple of 4
    std::uint32_t address_upper;
    std::uint32_t data; // +8
    MsixVectorControl control;
};
static_assert(sizeof(MsixEntry) == 0x10);

// PCIe 7.5.3.2
enum class PortType : std::uint8_t {
    endpoint = 0,
    legacy_endpoint = 1,
    root_port = 4,
    upstream_port = 5,
    downstream_port = 6,
    bridge_to_pci = 7,
    bridge_from_pci = 8,
    integrated_endpoint = 9,
    event_collector = 10,
};
struct ExpressCapabilities : Register<ExpressCapabilities, std::uint16_t, unlocated, ro> {
    IOVIEW_FIELDS(bits(13, 9, interrupt_message_number),
                  bit(8, slot_implemented),
                  bits(7, 4, port_type, PortType),
                  bits(3, 0, version));
};
// PCIe 7.5.3.3
struct DeviceCapabilities : Register<DeviceCapabilities, std::uint32_t, unlocated, ro> {
    IOVIEW_FIELDS(bit(28, function_level_reset),
                  bits(27, 26, slot_power_limit_scale),
                  bits(25, 18, slot_power_limit),
                  bit(15, role_based_error_reporting),
                  bits(11, 9, l1_latency),
                  bits(8, 6, l0s_latency),
                  bit(5, extended_tag),
                  bits(4, 3, phantom_functions),
                  bits(2, 0, max_payload)); // 128 << n bytes
};
// PCIe 7.5.3.4
struct DeviceControl : Register<DeviceControl, std::uint16_t> {
    IOVIEW_FIELDS(bit(15, function_level_reset),  // bridges: configuration request retry
                  bits(14, 12, max_read_request), // 128 << n bytes
                  bit(11, no_snoop),
                  bit(10, aux_power_pm),
                  bit(9, phantom_functions),
                  bit(8, extended_tag),
                  bits(7, 5, max_payload), // 128 << n bytes
                  bit(4, relaxed_ordering),
                  bit(3, unsupported_request_reporting),
                  bit(2, fatal_error_reporting),
                  bit(1, non_fatal_error_reporting),
                  bit(0, correctable_error_reporting));
};
// PCIe 7.5.3.5
struct DeviceStatus : Register<DeviceStatus, std::uint16_t> {
    IOVIEW_FIELDS(bit(6, emergency_power_reduction, w1c),
                  bit(5, transactions_pending, ro),
                  bit(4, aux_power, ro),
                  bit(3, unsupported_request, w1c),
                  bit(2, fatal_error, w1c),
                  bit(1, non_fatal_error, w1c),
                  bit(0, correctable_error, w1c));
};
// PCIe 7.5.3.6
struct LinkCapabilities : Register<LinkCapabilities, std::uint32_t, unlocated, ro> {
    IOVIEW_FIELDS(bits(31, 24, port_number),
                  bit(22, aspm_optionality),
                  bit(21, bandwidth_notification),
                  bit(20, active_reporting),
                  bit(19, surprise_down_reporting),
                  bit(18, clock_power_management),
                  bits(17, 15, l1_exit_latency),
                  bits(14, 12, l0s_exit_latency),
                  bits(11, 10, aspm_support),
                  bits(9, 4, max_width),
                  bits(3, 0, max_speed));
};
// PCIe 7.5.3.7
struct LinkControl : Register<LinkControl, std::uint16_t> {
    IOVIEW_FIELDS(bit(11, autonomous_bandwidth_interrupt),
                  bit(10, bandwidth_management_interrupt),
                  bit(9, autonomous_width_disable),
                  bit(8, clock_power_management),
                  bit(7, extended_synch),
                  bit(6, common_clock),
                  bit(5, retrain, w1s), // reads as zero
                  bit(4, disable),
                  bit(3, read_completion_boundary_128),
                  bits(1, 0, aspm));
};
// PCIe 7.5.3.8; speed 1 is 2.5 GT/s, 2 is 5, 3 is 8, 4 is 16, 5 is 32
struct LinkStatus : Register<LinkStatus, std::uint16_t> {
    IOVIEW_FIELDS(bit(15, autonomous_bandwidth, w1c),
                  bit(14, bandwidth_management, w1c),
                  bit(13, active, ro),
                  bit(12, slot_clock, ro),
                  bit(11, training, ro),
                  bits(9, 4, width, ro),
                  bits(3, 0, speed, ro));
};
// As far as every PCI Express function with a link has it: PCIe 7.5.3
struct Express {
    static constexpr std::uint8_t id = 0x10;
    CapabilityHeader header;
    ExpressCapabilities capabilities;       // +2
    DeviceCapabilities device_capabilities; // +4
    DeviceControl device_control;           // +8
    DeviceStatus device_status;
    LinkCapabilities link_capabilities; // +0xc
    LinkControl link_control;           // +0x10
    LinkStatus link_status;
};
static_assert(sizeof(Express) == 0x14);

} // namespace ioview::pci
