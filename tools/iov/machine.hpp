// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Machine: the PCI functions of this machine, or of a tree that looks like its sysfs.
//
//   const Machine machine("/sys");
//   for (const Summary& each : machine.functions(problems)) …

#include <ioview/linux/sysfs_config.hpp>
#include <ioview/pci/address.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iov {

namespace io = ioview;
namespace pci = ioview::pci;

// What is known of a function without asking for more than any user may read.
struct Summary {
    pci::Address address;
    std::uint16_t class_code = 0; // base class and sub-class
    std::uint16_t vendor = 0;
    std::uint16_t device = 0;
    std::uint8_t revision = 0;
    std::string driver;      // empty: none is bound
    std::string iommu_group; // empty: none
};

class Machine {
public:
    explicit Machine(std::string sysfs = "/sys") : sysfs_(std::move(sysfs)) {}

    // Every function in order; why one is left out goes to problems. Failure where there is no PCI.
    [[nodiscard]] std::vector<Summary> functions(std::vector<std::string>& problems) const;
    // Failure for what is no address, or the address of nothing.
    [[nodiscard]] pci::Address find(std::string_view text) const;
    [[nodiscard]] Summary summary(const pci::Address& address) const;
    [[nodiscard]] pci::SysfsConfig
    config(const pci::Address& address,
           pci::SysfsConfig::Mode mode = pci::SysfsConfig::Mode::read_only) const;
    // Of the BARs by number, as far as the kernel says it; empty where it does not.
    [[nodiscard]] std::vector<pci::SysfsResource> resources(const pci::Address& address) const;
    // /sys/bus/pci/devices/0000:00:03.0
    [[nodiscard]] std::string directory(const pci::Address& address) const;

private:
    [[nodiscard]] std::string devices() const { return sysfs_ + "/bus/pci/devices"; }

    std::string sysfs_;
};

} // namespace iov
