// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The functions of the machine through SysfsConfig, and those that QEMU was asked for among them.
#include <ioview/backend/config_space.hpp>
#include <ioview/linux/sysfs_config.hpp>

#include "../../examples/drivers/edu.hpp"
#include "support/guest.hpp"

#include <cstdint>

namespace io = ioview;

namespace {

// How many functions there are with these numbers.
unsigned count(std::uint16_t vendor, std::uint16_t device) {
    unsigned found = 0;
    for (const io::pci::Address& address : io::pci::sysfs_functions().value_or({})) {
        const auto config = io::pci::SysfsConfig::open(address);
        if (config && config->read<std::uint16_t>(0x00) == vendor &&
            config->read<std::uint16_t>(0x02) == device)
            ++found;
    }
    return found;
}

} // namespace

int main() {
    return guest::run([](guest::Report& report) {
        report.check("sysfs", "functions are listed", [] { return io::pci::sysfs_functions(); });
        report.check("sysfs", "one is the host bridge", [] { return count(0x8086, 0x29c0) == 1; });
        report.check(
            "sysfs", "one is edu", [] { return count(edu::vendor_id, edu::device_id) == 1; });
    });
}
