// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/pci/registers.hpp>
// Part of <ioview/pci/registers.hpp>, which is the one to include.
#pragma once
// The capability of PCI Express.
//
//   auto link = cfg.try_subview<io::pci::Express>(capability.offset);

#include <ioview/pci/capability_registers.hpp>
#include <ioview/register.hpp>

#include <cstdint>

// As in register/access_kind.hpp.
#pragma push_macro("bit")
#pragma push_macro("ro")
#pragma push_macro("w1c")
#pragma push_macro("w1s")
#undef bit
#undef ro
#undef w1c
#undef w1s

namespace ioview::pci {

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

#pragma pop_macro("bit")
#pragma pop_macro("ro")
#pragma pop_macro("w1c")
#pragma pop_macro("w1s")
