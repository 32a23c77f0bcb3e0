// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every place and every bit of pci/registers.hpp against the numbers of Linux' uapi header, which
// others have proof-read for decades.
#include <ioview/pci/registers.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <type_traits>

namespace io = ioview;
namespace pci = ioview::pci;

TEST_CASE("headers and capabilities are blocks that a view projects into", "[pci]") {
    io::testing::PciFunction function;
    function.identify(0x1af4, 0x1041, 0x02'0000, 1).put(0x04, 0x0010'0406, 4);
    const auto cfg = io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(function).value();
    const auto header = cfg.subview<pci::HeaderType0>(0);
    CHECK(IO_READ(header, vendor_id) == 0x1af4);
    CHECK(IO_READ(header, command).bus_master());
    CHECK_FALSE(IO_READ(header, command).io_space());
    CHECK(IO_READ(header, status).capabilities_list());
    CHECK(IO_READ(header, class_revision).base_class() == 2u);
    CHECK(cfg.read<pci::Command>().interrupt_disable());

    IO_UPDATE(header, command, [](pci::Command c) { return c.with_bus_master(false); });
    CHECK(cfg.read16(0x04) == 0x0402);

    const auto whole = io::ConfigSpace<io::testing::PciFunction, pci::HeaderType1>::of(function);
    REQUIRE(whole);
    CHECK(IO_READ(*whole, device_id) == 0x1041);
}

TEST_CASE("clearing one flag of the status clears no other", "[pci]") {
    io::testing::PciFunction function;
    function.put(0x06, 0xf900, 2);
    const auto cfg = io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(function).value();
    cfg.update<pci::Status>([](pci::Status s) { return s.with_received_master_abort(true); });
    CHECK(cfg.read16(0x06) == 0xd900);
}

// The field is these bits and no others.
#define CHECK_FIELD(Reg, field, MASK)                                                              \
    CHECK(static_cast<std::uint32_t>(pci::Reg::io_field_##field::mask) ==                          \
          static_cast<std::uint32_t>(MASK))

TEST_CASE("fields that Linux has no names for", "[pci]") {
    CHECK_FIELD(Status, immediate_readiness, 0x0001);
    CHECK_FIELD(ClassRevision, base_class, 0xff00'0000);
    CHECK_FIELD(ClassRevision, sub_class, 0x00ff'0000);
    CHECK_FIELD(ClassRevision, programming_interface, 0x0000'ff00);
    CHECK_FIELD(ClassRevision, revision, 0x0000'00ff);
    CHECK_FIELD(HeaderType, multi_function, 0x80);
    CHECK_FIELD(HeaderType, layout, 0x7f);
    CHECK_FIELD(Bist, capable, 0x80);
    CHECK_FIELD(Bist, start, 0x40);
    CHECK_FIELD(Bist, completion_code, 0x0f);
    // as Status
    CHECK_FIELD(SecondaryStatus, detected_parity_error, 0x8000);
    CHECK_FIELD(SecondaryStatus, received_system_error, 0x4000);
    CHECK_FIELD(SecondaryStatus, received_master_abort, 0x2000);
    CHECK_FIELD(SecondaryStatus, received_target_abort, 0x1000);
    CHECK_FIELD(SecondaryStatus, signaled_target_abort, 0x0800);
    CHECK_FIELD(SecondaryStatus, devsel, 0x0600);
    CHECK_FIELD(SecondaryStatus, master_data_parity_error, 0x0100);
    CHECK_FIELD(SecondaryStatus, fast_back_to_back_capable, 0x0080);
    CHECK_FIELD(SecondaryStatus, capable_of_66_mhz, 0x0020);
    CHECK_FIELD(BridgeControl, discard_timer_system_error_enable, 0x0800);
    CHECK_FIELD(BridgeControl, discard_timer_status, 0x0400);
    CHECK_FIELD(BridgeControl, secondary_discard_timer, 0x0200);
    CHECK_FIELD(BridgeControl, primary_discard_timer, 0x0100);
    CHECK_FIELD(BridgeControl, vga_16_bit_decode, 0x0010);
    CHECK_FIELD(DeviceStatus, emergency_power_reduction, 0x0040);
    CHECK_FIELD(LinkCapabilities, aspm_optionality, 0x0040'0000);
    CHECK_FIELD(LinkCapabilities, l0s_exit_latency, 0x0000'7000);
}

#if __has_include(<linux/pci_regs.h>)
#include <linux/pci_regs.h>

#define CHECK_PLACE(Struct, member, OFFSET) CHECK(offsetof(pci::Struct, member) == (OFFSET))

TEST_CASE("places of the header", "[pci]") {
    CHECK(pci::Command::At::offset() == PCI_COMMAND);
    CHECK(pci::Status::At::offset() == PCI_STATUS);
    CHECK(pci::ClassRevision::At::offset() == PCI_CLASS_REVISION);
    CHECK(pci::HeaderType::At::offset() == PCI_HEADER_TYPE);
    CHECK(pci::Bist::At::offset() == PCI_BIST);
    CHECK(pci::SecondaryStatus::At::offset() == PCI_SEC_STATUS);
    CHECK(pci::BridgeControl::At::offset() == PCI_BRIDGE_CONTROL);

    CHECK_PLACE(HeaderType0, vendor_id, PCI_VENDOR_ID);
    CHECK_PLACE(HeaderType0, device_id, PCI_DEVICE_ID);
    CHECK_PLACE(HeaderType0, command, PCI_COMMAND);
    CHECK_PLACE(HeaderType0, status, PCI_STATUS);
    CHECK_PLACE(HeaderType0, class_revision, PCI_CLASS_REVISION);
    CHECK_PLACE(HeaderType0, cache_line_size, PCI_CACHE_LINE_SIZE);
    CHECK_PLACE(HeaderType0, latency_timer, PCI_LATENCY_TIMER);
    CHECK_PLACE(HeaderType0, header_type, PCI_HEADER_TYPE);
    CHECK_PLACE(HeaderType0, bist, PCI_BIST);
    CHECK_PLACE(HeaderType0, bars, PCI_BASE_ADDRESS_0);
    CHECK_PLACE(HeaderType0, cardbus_cis, PCI_CARDBUS_CIS);
    CHECK_PLACE(HeaderType0, subsystem_vendor_id, PCI_SUBSYSTEM_VENDOR_ID);
    CHECK_PLACE(HeaderType0, subsystem_id, PCI_SUBSYSTEM_ID);
    CHECK_PLACE(HeaderType0, expansion_rom, PCI_ROM_ADDRESS);
    CHECK_PLACE(HeaderType0, capabilities, PCI_CAPABILITY_LIST);
    CHECK_PLACE(HeaderType0, interrupt_line, PCI_INTERRUPT_LINE);
    CHECK_PLACE(HeaderType0, interrupt_pin, PCI_INTERRUPT_PIN);
    CHECK_PLACE(HeaderType0, min_grant, PCI_MIN_GNT);
    CHECK_PLACE(HeaderType0, max_latency, PCI_MAX_LAT);

    CHECK_PLACE(HeaderType1, command, PCI_COMMAND);
    CHECK_PLACE(HeaderType1, class_revision, PCI_CLASS_REVISION);
    CHECK_PLACE(HeaderType1, header_type, PCI_HEADER_TYPE);
    CHECK_PLACE(HeaderType1, bars, PCI_BASE_ADDRESS_0);
    CHECK_PLACE(HeaderType1, primary_bus, PCI_PRIMARY_BUS);
    CHECK_PLACE(HeaderType1, secondary_bus, PCI_SECONDARY_BUS);
    CHECK_PLACE(HeaderType1, subordinate_bus, PCI_SUBORDINATE_BUS);
    CHECK_PLACE(HeaderType1, secondary_latency_timer, PCI_SEC_LATENCY_TIMER);
    CHECK_PLACE(HeaderType1, io_base, PCI_IO_BASE);
    CHECK_PLACE(HeaderType1, io_limit, PCI_IO_LIMIT);
    CHECK_PLACE(HeaderType1, secondary_status, PCI_SEC_STATUS);
    CHECK_PLACE(HeaderType1, memory_base, PCI_MEMORY_BASE);
    CHECK_PLACE(HeaderType1, memory_limit, PCI_MEMORY_LIMIT);
    CHECK_PLACE(HeaderType1, prefetchable_base, PCI_PREF_MEMORY_BASE);
    CHECK_PLACE(HeaderType1, prefetchable_limit, PCI_PREF_MEMORY_LIMIT);
    CHECK_PLACE(HeaderType1, prefetchable_base_upper, PCI_PREF_BASE_UPPER32);
    CHECK_PLACE(HeaderType1, prefetchable_limit_upper, PCI_PREF_LIMIT_UPPER32);
    CHECK_PLACE(HeaderType1, io_base_upper, PCI_IO_BASE_UPPER16);
    CHECK_PLACE(HeaderType1, io_limit_upper, PCI_IO_LIMIT_UPPER16);
    CHECK_PLACE(HeaderType1, capabilities, PCI_CAPABILITY_LIST);
    CHECK_PLACE(HeaderType1, expansion_rom, PCI_ROM_ADDRESS1);
    CHECK_PLACE(HeaderType1, interrupt_pin, PCI_INTERRUPT_PIN);
    CHECK_PLACE(HeaderType1, bridge_control, PCI_BRIDGE_CONTROL);
}

TEST_CASE("bits of command and status", "[pci]") {
    CHECK_FIELD(Command, io_space, PCI_COMMAND_IO);
    CHECK_FIELD(Command, memory_space, PCI_COMMAND_MEMORY);
    CHECK_FIELD(Command, bus_master, PCI_COMMAND_MASTER);
    CHECK_FIELD(Command, special_cycles, PCI_COMMAND_SPECIAL);
    CHECK_FIELD(Command, memory_write_and_invalidate, PCI_COMMAND_INVALIDATE);
    CHECK_FIELD(Command, vga_palette_snoop, PCI_COMMAND_VGA_PALETTE);
    CHECK_FIELD(Command, parity_error_response, PCI_COMMAND_PARITY);
    CHECK_FIELD(Command, stepping, PCI_COMMAND_WAIT);
    CHECK_FIELD(Command, system_error_enable, PCI_COMMAND_SERR);
    CHECK_FIELD(Command, fast_back_to_back, PCI_COMMAND_FAST_BACK);
    CHECK_FIELD(Command, interrupt_disable, PCI_COMMAND_INTX_DISABLE);

    CHECK_FIELD(Status, interrupt_status, PCI_STATUS_INTERRUPT);
    CHECK_FIELD(Status, capabilities_list, PCI_STATUS_CAP_LIST);
    CHECK_FIELD(Status, capable_of_66_mhz, PCI_STATUS_66MHZ);
    CHECK_FIELD(Status, user_definable_features, PCI_STATUS_UDF);
    CHECK_FIELD(Status, fast_back_to_back_capable, PCI_STATUS_FAST_BACK);
    CHECK_FIELD(Status, master_data_parity_error, PCI_STATUS_PARITY);
    CHECK_FIELD(Status, devsel, PCI_STATUS_DEVSEL_MASK);
    CHECK_FIELD(Status, signaled_target_abort, PCI_STATUS_SIG_TARGET_ABORT);
    CHECK_FIELD(Status, received_target_abort, PCI_STATUS_REC_TARGET_ABORT);
    CHECK_FIELD(Status, received_master_abort, PCI_STATUS_REC_MASTER_ABORT);
    CHECK_FIELD(Status, signaled_system_error, PCI_STATUS_SIG_SYSTEM_ERROR);
    CHECK_FIELD(Status, detected_parity_error, PCI_STATUS_DETECTED_PARITY);
    CHECK(static_cast<unsigned>(pci::Devsel::slow) << 9 == PCI_STATUS_DEVSEL_SLOW);
    CHECK(static_cast<unsigned>(pci::Devsel::medium) << 9 == PCI_STATUS_DEVSEL_MEDIUM);
}

TEST_CASE("bits of base addresses, windows and the bridge", "[pci]") {
    CHECK_FIELD(MemoryBar, is_io, PCI_BASE_ADDRESS_SPACE_IO);
    CHECK_FIELD(MemoryBar, type, PCI_BASE_ADDRESS_MEM_TYPE_MASK);
    CHECK_FIELD(MemoryBar, prefetchable, PCI_BASE_ADDRESS_MEM_PREFETCH);
    CHECK_FIELD(MemoryBar, address, PCI_BASE_ADDRESS_MEM_MASK);
    CHECK_FIELD(IoBar, is_io, PCI_BASE_ADDRESS_SPACE_IO);
    CHECK_FIELD(IoBar, address, PCI_BASE_ADDRESS_IO_MASK);
    CHECK_FIELD(ExpansionRom, enable, PCI_ROM_ADDRESS_ENABLE);
    CHECK_FIELD(ExpansionRom, address, PCI_ROM_ADDRESS_MASK);
    CHECK(static_cast<unsigned>(pci::MemoryType::bits64) << 1 == PCI_BASE_ADDRESS_MEM_TYPE_64);
    CHECK(static_cast<unsigned>(pci::MemoryType::below_1m) << 1 == PCI_BASE_ADDRESS_MEM_TYPE_1M);

    CHECK_FIELD(IoWindow, is_32_bit, PCI_IO_RANGE_TYPE_MASK);
    CHECK_FIELD(IoWindow, address, PCI_IO_RANGE_MASK & 0xff);
    CHECK_FIELD(MemoryWindow, is_64_bit, PCI_PREF_RANGE_TYPE_MASK);
    CHECK_FIELD(MemoryWindow, address, PCI_PREF_RANGE_MASK & 0xffff);
    CHECK_FIELD(BridgeControl, parity_error_response, PCI_BRIDGE_CTL_PARITY);
    CHECK_FIELD(BridgeControl, system_error_enable, PCI_BRIDGE_CTL_SERR);
    CHECK_FIELD(BridgeControl, isa_enable, PCI_BRIDGE_CTL_ISA);
    CHECK_FIELD(BridgeControl, vga_enable, PCI_BRIDGE_CTL_VGA);
    CHECK_FIELD(BridgeControl, master_abort_mode, PCI_BRIDGE_CTL_MASTER_ABORT);
    CHECK_FIELD(BridgeControl, secondary_bus_reset, PCI_BRIDGE_CTL_BUS_RESET);
    CHECK_FIELD(BridgeControl, fast_back_to_back, PCI_BRIDGE_CTL_FAST_BACK);
}

TEST_CASE("power management", "[pci]") {
    CHECK(pci::PowerManagement::id == PCI_CAP_ID_PM);
    CHECK_PLACE(PowerManagement, capabilities, PCI_PM_PMC);
    CHECK_PLACE(PowerManagement, control_status, PCI_PM_CTRL);
    CHECK_PLACE(PowerManagement, bridge_extensions, PCI_PM_PPB_EXTENSIONS);
    CHECK_PLACE(PowerManagement, data, PCI_PM_DATA_REGISTER);
    CHECK_FIELD(PmCapabilities, version, PCI_PM_CAP_VER_MASK);
    CHECK_FIELD(PmCapabilities, pme_clock, PCI_PM_CAP_PME_CLOCK);
    CHECK_FIELD(PmCapabilities, device_specific_initialization, PCI_PM_CAP_DSI);
    CHECK_FIELD(PmCapabilities, aux_current, PCI_PM_CAP_AUX_POWER);
    CHECK_FIELD(PmCapabilities, d1_support, PCI_PM_CAP_D1);
    CHECK_FIELD(PmCapabilities, d2_support, PCI_PM_CAP_D2);
    CHECK_FIELD(PmCapabilities, pme_support, PCI_PM_CAP_PME_MASK);
    CHECK_FIELD(PmControlStatus, power_state, PCI_PM_CTRL_STATE_MASK);
    CHECK_FIELD(PmControlStatus, no_soft_reset, PCI_PM_CTRL_NO_SOFT_RESET);
    CHECK_FIELD(PmControlStatus, pme_enable, PCI_PM_CTRL_PME_ENABLE);
    CHECK_FIELD(PmControlStatus, data_select, PCI_PM_CTRL_DATA_SEL_MASK);
    CHECK_FIELD(PmControlStatus, data_scale, PCI_PM_CTRL_DATA_SCALE_MASK);
    CHECK_FIELD(PmControlStatus, pme_status, PCI_PM_CTRL_PME_STATUS);
}

TEST_CASE("MSI and MSI-X", "[pci]") {
    CHECK(pci::Msi32::id == PCI_CAP_ID_MSI);
    CHECK(pci::Msi64::id == PCI_CAP_ID_MSI);
    CHECK_PLACE(Msi32, control, PCI_MSI_FLAGS);
    CHECK_PLACE(Msi32, address, PCI_MSI_ADDRESS_LO);
    CHECK_PLACE(Msi32, data, PCI_MSI_DATA_32);
    CHECK_PLACE(MaskedMsi32, control, PCI_MSI_FLAGS);
    CHECK_PLACE(MaskedMsi32, address, PCI_MSI_ADDRESS_LO);
    CHECK_PLACE(MaskedMsi32, data, PCI_MSI_DATA_32);
    CHECK_PLACE(MaskedMsi32, mask, PCI_MSI_MASK_32);
    CHECK_PLACE(MaskedMsi32, pending, PCI_MSI_PENDING_32);
    CHECK_PLACE(Msi64, address, PCI_MSI_ADDRESS_LO);
    CHECK_PLACE(Msi64, address_upper, PCI_MSI_ADDRESS_HI);
    CHECK_PLACE(Msi64, data, PCI_MSI_DATA_64);
    CHECK_PLACE(MaskedMsi64, control, PCI_MSI_FLAGS);
    CHECK_PLACE(MaskedMsi64, address, PCI_MSI_ADDRESS_LO);
    CHECK_PLACE(MaskedMsi64, address_upper, PCI_MSI_ADDRESS_HI);
    CHECK_PLACE(MaskedMsi64, data, PCI_MSI_DATA_64);
    CHECK_PLACE(MaskedMsi64, mask, PCI_MSI_MASK_64);
    CHECK_PLACE(MaskedMsi64, pending, PCI_MSI_PENDING_64);
    CHECK_FIELD(MsiControl, enable, PCI_MSI_FLAGS_ENABLE);
    CHECK_FIELD(MsiControl, multiple_message_capable, PCI_MSI_FLAGS_QMASK);
    CHECK_FIELD(MsiControl, multiple_message_enable, PCI_MSI_FLAGS_QSIZE);
    CHECK_FIELD(MsiControl, is_64_bit, PCI_MSI_FLAGS_64BIT);
    CHECK_FIELD(MsiControl, per_vector_masking, PCI_MSI_FLAGS_MASKBIT);

    CHECK(pci::Msix::id == PCI_CAP_ID_MSIX);
    CHECK_PLACE(Msix, control, PCI_MSIX_FLAGS);
    CHECK_PLACE(Msix, table, PCI_MSIX_TABLE);
    CHECK_PLACE(Msix, pending, PCI_MSIX_PBA);
    CHECK_FIELD(MsixControl, last_vector, PCI_MSIX_FLAGS_QSIZE);
    CHECK_FIELD(MsixControl, function_mask, PCI_MSIX_FLAGS_MASKALL);
    CHECK_FIELD(MsixControl, enable, PCI_MSIX_FLAGS_ENABLE);
    CHECK_PLACE(MsixEntry, address, PCI_MSIX_ENTRY_LOWER_ADDR);
    CHECK_PLACE(MsixEntry, address_upper, PCI_MSIX_ENTRY_UPPER_ADDR);
    CHECK_PLACE(MsixEntry, data, PCI_MSIX_ENTRY_DATA);
    CHECK_PLACE(MsixEntry, control, PCI_MSIX_ENTRY_VECTOR_CTRL);
    CHECK_FIELD(MsixVectorControl, masked, PCI_MSIX_ENTRY_CTRL_MASKBIT);
    CHECK_FIELD(MsixPlace, bar, PCI_MSIX_TABLE_BIR);
    CHECK_FIELD(MsixPlace, offset, PCI_MSIX_TABLE_OFFSET);
}

TEST_CASE("PCI Express", "[pci]") {
    CHECK(pci::Express::id == PCI_CAP_ID_EXP);
    CHECK_PLACE(Express, capabilities, PCI_EXP_FLAGS);
    CHECK_PLACE(Express, device_capabilities, PCI_EXP_DEVCAP);
    CHECK_PLACE(Express, device_control, PCI_EXP_DEVCTL);
    CHECK_PLACE(Express, device_status, PCI_EXP_DEVSTA);
    CHECK_PLACE(Express, link_capabilities, PCI_EXP_LNKCAP);
    CHECK_PLACE(Express, link_control, PCI_EXP_LNKCTL);
    CHECK_PLACE(Express, link_status, PCI_EXP_LNKSTA);
    CHECK_FIELD(ExpressCapabilities, version, PCI_EXP_FLAGS_VERS);
    CHECK_FIELD(ExpressCapabilities, port_type, PCI_EXP_FLAGS_TYPE);
    CHECK_FIELD(ExpressCapabilities, slot_implemented, PCI_EXP_FLAGS_SLOT);
    CHECK_FIELD(ExpressCapabilities, interrupt_message_number, PCI_EXP_FLAGS_IRQ);
    CHECK(static_cast<int>(pci::PortType::root_port) == PCI_EXP_TYPE_ROOT_PORT);
    CHECK(static_cast<int>(pci::PortType::upstream_port) == PCI_EXP_TYPE_UPSTREAM);
    CHECK(static_cast<int>(pci::PortType::downstream_port) == PCI_EXP_TYPE_DOWNSTREAM);
    CHECK(static_cast<int>(pci::PortType::bridge_to_pci) == PCI_EXP_TYPE_PCI_BRIDGE);
    CHECK(static_cast<int>(pci::PortType::bridge_from_pci) == PCI_EXP_TYPE_PCIE_BRIDGE);
    CHECK(static_cast<int>(pci::PortType::integrated_endpoint) == PCI_EXP_TYPE_RC_END);
    CHECK(static_cast<int>(pci::PortType::event_collector) == PCI_EXP_TYPE_RC_EC);
    CHECK_FIELD(DeviceCapabilities, max_payload, PCI_EXP_DEVCAP_PAYLOAD);
    CHECK_FIELD(DeviceCapabilities, phantom_functions, PCI_EXP_DEVCAP_PHANTOM);
    CHECK_FIELD(DeviceCapabilities, extended_tag, PCI_EXP_DEVCAP_EXT_TAG);
    CHECK_FIELD(DeviceCapabilities, l0s_latency, PCI_EXP_DEVCAP_L0S);
    CHECK_FIELD(DeviceCapabilities, l1_latency, PCI_EXP_DEVCAP_L1);
    CHECK_FIELD(DeviceCapabilities, role_based_error_reporting, PCI_EXP_DEVCAP_RBER);
    CHECK_FIELD(DeviceCapabilities, slot_power_limit, PCI_EXP_DEVCAP_PWR_VAL);
    CHECK_FIELD(DeviceCapabilities, slot_power_limit_scale, PCI_EXP_DEVCAP_PWR_SCL);
    CHECK_FIELD(DeviceCapabilities, function_level_reset, PCI_EXP_DEVCAP_FLR);
    CHECK_FIELD(DeviceControl, correctable_error_reporting, PCI_EXP_DEVCTL_CERE);
    CHECK_FIELD(DeviceControl, non_fatal_error_reporting, PCI_EXP_DEVCTL_NFERE);
    CHECK_FIELD(DeviceControl, fatal_error_reporting, PCI_EXP_DEVCTL_FERE);
    CHECK_FIELD(DeviceControl, unsupported_request_reporting, PCI_EXP_DEVCTL_URRE);
    CHECK_FIELD(DeviceControl, relaxed_ordering, PCI_EXP_DEVCTL_RELAX_EN);
    CHECK_FIELD(DeviceControl, max_payload, PCI_EXP_DEVCTL_PAYLOAD);
    CHECK_FIELD(DeviceControl, extended_tag, PCI_EXP_DEVCTL_EXT_TAG);
    CHECK_FIELD(DeviceControl, phantom_functions, PCI_EXP_DEVCTL_PHANTOM);
    CHECK_FIELD(DeviceControl, aux_power_pm, PCI_EXP_DEVCTL_AUX_PME);
    CHECK_FIELD(DeviceControl, no_snoop, PCI_EXP_DEVCTL_NOSNOOP_EN);
    CHECK_FIELD(DeviceControl, max_read_request, PCI_EXP_DEVCTL_READRQ);
    CHECK_FIELD(DeviceControl, function_level_reset, PCI_EXP_DEVCTL_BCR_FLR);
    CHECK_FIELD(DeviceStatus, correctable_error, PCI_EXP_DEVSTA_CED);
    CHECK_FIELD(DeviceStatus, non_fatal_error, PCI_EXP_DEVSTA_NFED);
    CHECK_FIELD(DeviceStatus, fatal_error, PCI_EXP_DEVSTA_FED);
    CHECK_FIELD(DeviceStatus, unsupported_request, PCI_EXP_DEVSTA_URD);
    CHECK_FIELD(DeviceStatus, aux_power, PCI_EXP_DEVSTA_AUXPD);
    CHECK_FIELD(DeviceStatus, transactions_pending, PCI_EXP_DEVSTA_TRPND);
    CHECK_FIELD(LinkCapabilities, max_speed, PCI_EXP_LNKCAP_SLS);
    CHECK_FIELD(LinkCapabilities, max_width, PCI_EXP_LNKCAP_MLW);
    CHECK_FIELD(LinkCapabilities, aspm_support, PCI_EXP_LNKCAP_ASPMS);
    CHECK_FIELD(LinkCapabilities, l1_exit_latency, PCI_EXP_LNKCAP_L1EL);
    CHECK_FIELD(LinkCapabilities, clock_power_management, PCI_EXP_LNKCAP_CLKPM);
    CHECK_FIELD(LinkCapabilities, surprise_down_reporting, PCI_EXP_LNKCAP_SDERC);
    CHECK_FIELD(LinkCapabilities, active_reporting, PCI_EXP_LNKCAP_DLLLARC);
    CHECK_FIELD(LinkCapabilities, bandwidth_notification, PCI_EXP_LNKCAP_LBNC);
    CHECK_FIELD(LinkCapabilities, port_number, PCI_EXP_LNKCAP_PN);
    CHECK_FIELD(LinkControl, aspm, PCI_EXP_LNKCTL_ASPMC);
    CHECK_FIELD(LinkControl, read_completion_boundary_128, PCI_EXP_LNKCTL_RCB);
    CHECK_FIELD(LinkControl, disable, PCI_EXP_LNKCTL_LD);
    CHECK_FIELD(LinkControl, retrain, PCI_EXP_LNKCTL_RL);
    CHECK_FIELD(LinkControl, common_clock, PCI_EXP_LNKCTL_CCC);
    CHECK_FIELD(LinkControl, extended_synch, PCI_EXP_LNKCTL_ES);
    CHECK_FIELD(LinkControl, clock_power_management, PCI_EXP_LNKCTL_CLKREQ_EN);
    CHECK_FIELD(LinkControl, autonomous_width_disable, PCI_EXP_LNKCTL_HAWD);
    CHECK_FIELD(LinkControl, bandwidth_management_interrupt, PCI_EXP_LNKCTL_LBMIE);
    CHECK_FIELD(LinkControl, autonomous_bandwidth_interrupt, PCI_EXP_LNKCTL_LABIE);
    CHECK_FIELD(LinkStatus, speed, PCI_EXP_LNKSTA_CLS);
    CHECK_FIELD(LinkStatus, width, PCI_EXP_LNKSTA_NLW);
    CHECK_FIELD(LinkStatus, training, PCI_EXP_LNKSTA_LT);
    CHECK_FIELD(LinkStatus, slot_clock, PCI_EXP_LNKSTA_SLC);
    CHECK_FIELD(LinkStatus, active, PCI_EXP_LNKSTA_DLLLA);
    CHECK_FIELD(LinkStatus, bandwidth_management, PCI_EXP_LNKSTA_LBMS);
    CHECK_FIELD(LinkStatus, autonomous_bandwidth, PCI_EXP_LNKSTA_LABS);
}
#endif
