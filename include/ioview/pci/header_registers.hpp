// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/pci/registers.hpp>
// Part of <ioview/pci/registers.hpp>, which is the one to include.
#pragma once
// What configuration space begins with, of devices and of bridges.
//
//   auto header = cfg.subview<io::pci::HeaderType0>(0);

#include <ioview/register.hpp>

#include <cstdint>

// As in register/access_kind.hpp.
#pragma push_macro("bit")
#pragma push_macro("ro")
#pragma push_macro("w1c")
#undef bit
#undef ro
#undef w1c

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

// The header of a bridge between two PCI buses: PCI-to-PCI Bridge 1.2, 3.2.
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

} // namespace ioview::pci

#pragma pop_macro("bit")
#pragma pop_macro("ro")
#pragma pop_macro("w1c")
