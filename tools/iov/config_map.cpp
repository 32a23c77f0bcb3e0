// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "config_map.hpp"

#include "aer.hpp"

#include <algorithm>
#include <map>

namespace iov {
namespace {

namespace pci = io::pci;

// The members of a structure of the library, one after the other.
#define IOV_MEMBER(Structure, member)                                                              \
    MappedRegister {                                                                               \
        #member, offsetof(Structure, member), type_of<decltype(Structure::member)>()               \
    }

using Members = std::vector<MappedRegister>;

void add_array(Members& members, const char* name, std::size_t offset, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        members.push_back(
            {fmt::format("{}[{}]", name, i), offset + 4 * i, type_of<std::uint32_t>()});
}

template <class Header>
Members common_members() {
    return {IOV_MEMBER(Header, vendor_id),
            IOV_MEMBER(Header, device_id),
            IOV_MEMBER(Header, command),
            IOV_MEMBER(Header, status),
            IOV_MEMBER(Header, class_revision),
            IOV_MEMBER(Header, cache_line_size),
            IOV_MEMBER(Header, latency_timer),
            IOV_MEMBER(Header, header_type),
            IOV_MEMBER(Header, bist),
            IOV_MEMBER(Header, capabilities),
            IOV_MEMBER(Header, interrupt_line),
            IOV_MEMBER(Header, interrupt_pin)};
}

Members device_members() {
    Members members = common_members<pci::HeaderType0>();
    add_array(members, "bars", offsetof(pci::HeaderType0, bars), 6);
    for (MappedRegister more : {IOV_MEMBER(pci::HeaderType0, cardbus_cis),
                                IOV_MEMBER(pci::HeaderType0, subsystem_vendor_id),
                                IOV_MEMBER(pci::HeaderType0, subsystem_id),
                                IOV_MEMBER(pci::HeaderType0, expansion_rom),
                                IOV_MEMBER(pci::HeaderType0, min_grant),
                                IOV_MEMBER(pci::HeaderType0, max_latency)})
        members.push_back(std::move(more));
    return members;
}

Members bridge_members() {
    Members members = common_members<pci::HeaderType1>();
    add_array(members, "bars", offsetof(pci::HeaderType1, bars), 2);
    for (MappedRegister more : {IOV_MEMBER(pci::HeaderType1, primary_bus),
                                IOV_MEMBER(pci::HeaderType1, secondary_bus),
                                IOV_MEMBER(pci::HeaderType1, subordinate_bus),
                                IOV_MEMBER(pci::HeaderType1, secondary_latency_timer),
                                IOV_MEMBER(pci::HeaderType1, io_base),
                                IOV_MEMBER(pci::HeaderType1, io_limit),
                                IOV_MEMBER(pci::HeaderType1, secondary_status),
                                IOV_MEMBER(pci::HeaderType1, memory_base),
                                IOV_MEMBER(pci::HeaderType1, memory_limit),
                                IOV_MEMBER(pci::HeaderType1, prefetchable_base),
                                IOV_MEMBER(pci::HeaderType1, prefetchable_limit),
                                IOV_MEMBER(pci::HeaderType1, prefetchable_base_upper),
                                IOV_MEMBER(pci::HeaderType1, prefetchable_limit_upper),
                                IOV_MEMBER(pci::HeaderType1, io_base_upper),
                                IOV_MEMBER(pci::HeaderType1, io_limit_upper),
                                IOV_MEMBER(pci::HeaderType1, expansion_rom),
                                IOV_MEMBER(pci::HeaderType1, bridge_control)})
        members.push_back(std::move(more));
    return members;
}

// A header of another layout: what all have in common.
Members header_members(unsigned layout) {
    return layout == 0   ? device_members()
           : layout == 1 ? bridge_members()
                         : common_members<pci::HeaderType0>();
}

Members power_members() {
    return {IOV_MEMBER(pci::PowerManagement, capabilities),
            IOV_MEMBER(pci::PowerManagement, control_status),
            IOV_MEMBER(pci::PowerManagement, bridge_extensions),
            IOV_MEMBER(pci::PowerManagement, data)};
}

template <class Msi>
Members msi_members() {
    Members members{IOV_MEMBER(Msi, control), IOV_MEMBER(Msi, address), IOV_MEMBER(Msi, data)};
    if constexpr (requires { &Msi::address_upper; })
        members.push_back(IOV_MEMBER(Msi, address_upper));
    if constexpr (requires { &Msi::mask; }) {
        members.push_back(IOV_MEMBER(Msi, mask));
        members.push_back(IOV_MEMBER(Msi, pending));
    }
    return members;
}
Members msi_members(bool is_64_bit, bool has_masks) {
    if (has_masks)
        return is_64_bit ? msi_members<pci::MaskedMsi64>() : msi_members<pci::MaskedMsi32>();
    return is_64_bit ? msi_members<pci::Msi64>() : msi_members<pci::Msi32>();
}

Members msix_members() {
    return {IOV_MEMBER(pci::Msix, control),
            IOV_MEMBER(pci::Msix, table),
            IOV_MEMBER(pci::Msix, pending)};
}

Members express_members() {
    return {IOV_MEMBER(pci::Express, capabilities),
            IOV_MEMBER(pci::Express, device_capabilities),
            IOV_MEMBER(pci::Express, device_control),
            IOV_MEMBER(pci::Express, device_status),
            IOV_MEMBER(pci::Express, link_capabilities),
            IOV_MEMBER(pci::Express, link_control),
            IOV_MEMBER(pci::Express, link_status)};
}

Members aer_members() {

    Members members{IOV_MEMBER(Aer, uncorrectable_status),
                    IOV_MEMBER(Aer, uncorrectable_mask),
                    IOV_MEMBER(Aer, uncorrectable_severity),
                    IOV_MEMBER(Aer, correctable_status),
                    IOV_MEMBER(Aer, correctable_mask),
                    IOV_MEMBER(Aer, control)};
    add_array(members, "header_log", offsetof(Aer, header_log), 4);
    return members;
}

} // namespace

RegisterMap config_map(const ConfigLayout& layout) {
    RegisterMap map{"config", "configuration space", header_members(layout.header)};
    std::map<std::string, int> seen;
    const auto add = [&](std::string name, std::size_t offset, const Members& members) {
        if (const int times = seen[name]++; times != 0) // the second of its kind
            name += fmt::format("[{}]", times);
        for (const MappedRegister& member : members)
            map.registers.push_back(
                {name + '.' + member.name, offset + member.offset, member.type});
    };
    for (const auto& at : layout.capabilities) {
        if (at.is_extended && at.id == Aer::id)
            add("aer", at.offset, aer_members());
        else if (at.is_extended)
            continue;
        else if (at.id == pci::PowerManagement::id)
            add("pm", at.offset, power_members());
        else if (at.id == pci::Msi32::id)
            add("msi", at.offset, msi_members(layout.msi_is_64_bit, layout.msi_has_masks));
        else if (at.id == pci::Msix::id)
            add("msix", at.offset, msix_members());
        else if (at.id == pci::Express::id)
            add("express", at.offset, express_members());
    }
    std::sort(map.registers.begin(),
              map.registers.end(),
              [](const MappedRegister& a, const MappedRegister& b) { return a.offset < b.offset; });
    return map;
}

} // namespace iov
