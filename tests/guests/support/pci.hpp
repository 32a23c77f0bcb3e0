// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// PCI functions of a guest: found by their numbers, given to vfio-pci, and what the kernel says of
// them.

#include <ioview/linux/sysfs_config.hpp>
#include <ioview/linux/writable_sysfs_config.hpp>
#include <ioview/pci/address.hpp>

#include "guest.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

namespace guest {

namespace io = ioview;

// Microseconds, for the drivers' clocks.
struct Clock {
    [[nodiscard]] static std::uint64_t now() noexcept {
        return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(
                                              std::chrono::steady_clock::now().time_since_epoch())
                                              .count());
    }
    static void sleep_for(std::uint64_t us) {
        std::this_thread::sleep_for(std::chrono::microseconds(us));
    }
};

// The one with these numbers; the guest ends where there is none.
inline io::pci::Address find(std::uint16_t vendor, std::uint16_t device) {
    for (const io::pci::Address& address : io::pci::sysfs_functions().value_or({})) {
        const auto config = io::pci::SysfsConfig::open(address);
        if (config && config->read<std::uint16_t>(0x00) == vendor &&
            config->read<std::uint16_t>(0x02) == device)
            return address;
    }
    std::printf("no function %04x:%04x\n", vendor, device);
    leave(1);
}
inline std::string directory_of(const io::pci::Address& address) {
    return std::string(io::pci::sysfs_devices) + '/' + io::pci::to_string(address);
}

// By the kernel's driver of this name alone; none for "".
inline void bind(const io::pci::Address& address, const std::string& driver) {
    const std::string directory = directory_of(address);
    if (::access((directory + "/driver").c_str(), F_OK) == 0)
        write_file(directory + "/driver/unbind", io::pci::to_string(address));
    write_file(directory + "/driver_override", driver + "\n");
    if (!driver.empty())
        write_file("/sys/bus/pci/drivers_probe", io::pci::to_string(address));
}

// Bus mastering, as configuration space says it.
inline bool masters(const io::pci::Address& address) {
    const auto config = io::pci::SysfsConfig::open(address);
    const auto command = config ? config->read<std::uint16_t>(0x04) : io::Result<std::uint16_t>{0};
    return (command.value_or(0) & 4) != 0;
}

inline void set_bus_master(const io::pci::Address& address, bool on) {
    const auto config = io::pci::WritableSysfsConfig::open(address);
    const auto command = config ? config->read<std::uint16_t>(0x04) : io::Result<std::uint16_t>{0};
    if (!config || !command ||
        !config->write<std::uint16_t>(
            0x04, static_cast<std::uint16_t>(on ? *command | 4u : *command & ~4u)))
        give_up("command");
}

} // namespace guest
