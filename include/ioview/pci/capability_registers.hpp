// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/pci/registers.hpp>
// Part of <ioview/pci/registers.hpp>, which is the one to include.
#pragma once
// The capabilities of power management and of message-signalled interrupts.
//
//   auto msix = cfg.try_subview<io::pci::Msix>(capability.offset);

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

} // namespace ioview::pci

#pragma pop_macro("bit")
#pragma pop_macro("ro")
#pragma pop_macro("w1c")
