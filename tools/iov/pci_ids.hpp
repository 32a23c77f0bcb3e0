// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// PciIds: names of vendors, devices and classes, from the pci.ids of pciutils or hwdata.
//
//   const auto ids = PciIds::from("/usr/share/misc/pci.ids");
//   ids.class_text(0x0200)                    // Ethernet controller [0200]
//   ids.device_text(0x1af4, 0x1041)           // Red Hat, Inc. Virtio 1.0 network device
//   [1af4:1041]

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace iov {

class PciIds {
public:
    [[nodiscard]] static PciIds parse(std::string_view text);
    // Where Debian, Fedora and others have it; without names where none does.
    [[nodiscard]] static PciIds of_this_machine();

    [[nodiscard]] bool empty() const { return names_.empty(); }

    // As `lspci -nn` writes them, for unknown ones too.
    [[nodiscard]] std::string class_text(std::uint16_t class_code) const;
    [[nodiscard]] std::string device_text(std::uint16_t vendor, std::uint16_t device) const;

    // Empty when there is none.
    [[nodiscard]] std::string vendor_name(std::uint16_t vendor) const;
    [[nodiscard]] std::string device_name(std::uint16_t vendor, std::uint16_t device) const;
    [[nodiscard]] std::string class_name(std::uint16_t class_code) const;

private:
    // By "v8086", "d8086:1572", "c02" and "s0200".
    std::map<std::string, std::string, std::less<>> names_;

    [[nodiscard]] std::string name(const std::string& key) const;
};

} // namespace iov
