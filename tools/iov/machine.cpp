// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine.hpp"

#include "failure.hpp"
#include "reasons.hpp"
#include "text.hpp"

#include <cerrno>
#include <climits>
#include <unistd.h>

namespace iov {
namespace {

// The last part of what a link leads to.
std::string link_name(const std::string& path) {
    char target[PATH_MAX];
    const ssize_t size = ::readlink(path.c_str(), target, sizeof target);
    if (size <= 0)
        return {};
    const std::string whole(target, static_cast<std::size_t>(size));
    return whole.substr(whole.rfind('/') + 1);
}

} // namespace

std::string Machine::directory(const pci::Address& address) const {
    return devices() + '/' + to_string(address);
}

pci::SysfsConfig Machine::config(const pci::Address& address, pci::SysfsConfig::Mode mode) const {
    errno = 0;
    auto file = pci::SysfsConfig::open(directory(address), mode);
    if (file)
        return *std::move(file);
    const std::string path = directory(address) + "/config";
    if (file.error() == io::Error::out_of_bounds)
        throw Failure(Exit::unreadable, "{}: shorter than a configuration space", path);
    if (mode == pci::SysfsConfig::Mode::read_write && errno != ENOENT)
        throw cannot_write_config(to_string(address), errno);
    throw cannot_open(path, errno);
}

std::vector<pci::SysfsResource> Machine::resources(const pci::Address& address) const {
    return pci::sysfs_resources(directory(address)).value_or(std::vector<pci::SysfsResource>{});
}

Summary Machine::summary(const pci::Address& address) const {
    const auto file = config(address);
    Summary made;
    made.address = address;
    const auto ids = file.read<std::uint32_t>(0x00);
    const auto class_revision = file.read<std::uint32_t>(0x08);
    if (!ids || !class_revision)
        throw cannot_read_config(to_string(address), ids ? 0x08 : 0x00);
    made.vendor = static_cast<std::uint16_t>(*ids);
    made.device = static_cast<std::uint16_t>(*ids >> 16);
    made.class_code = static_cast<std::uint16_t>(*class_revision >> 16);
    made.revision = static_cast<std::uint8_t>(*class_revision);
    // a virtual function has its ids from the kernel: in its configuration space they are all ones
    const auto attribute = [&](const char* name, std::uint16_t& into, unsigned shift) {
        if (const auto text = try_read_line(directory(address) + '/' + name))
            if (const auto number = try_number(*text))
                into = static_cast<std::uint16_t>(*number >> shift);
    };
    attribute("vendor", made.vendor, 0);
    attribute("device", made.device, 0);
    attribute("class", made.class_code, 8);
    made.driver = link_name(directory(address) + "/driver");
    made.iommu_group = link_name(directory(address) + "/iommu_group");
    return made;
}

std::vector<Summary> Machine::functions(std::vector<std::string>& problems) const {
    errno = 0;
    const auto addresses = pci::sysfs_functions(devices());
    if (!addresses && errno == ENOENT)
        throw Failure(Exit::unreadable,
                      "{}: there is no such directory: no sysfs is mounted there, or the machine "
                      "has no PCI",
                      devices());
    if (!addresses)
        throw cannot_open(devices(), errno);
    std::vector<Summary> found;
    for (const pci::Address& address : *addresses) {
        try {
            found.push_back(summary(address));
        } catch (const Failure& failure) {
            problems.emplace_back(failure.what());
        }
    }
    return found;
}

pci::Address Machine::find(std::string_view text) const {
    const auto address = try_address(text);
    if (!address)
        throw Failure(Exit::usage, "{}: no address of a function, as 00:1f.3 is", text);
    if (::access(directory(*address).c_str(), F_OK) != 0)
        throw Failure(Exit::unreadable,
                      "{}: there is no such function in {}; `iov list` has all",
                      to_string(*address),
                      devices());
    return *address;
}

} // namespace iov
