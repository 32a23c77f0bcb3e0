// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SysfsEnable: a PCI function that decodes its memory and ports while this lives, through Linux'
// sysfs. Where no driver of the kernel is bound nobody else sees to that.
//
//   auto on = io::pci::SysfsEnable::of({.bus = 0, .device = 3});   // before its BARs are mapped
//
// It does not make the function a master of the bus: that is for whoever gives it memory.

#if !__STDC_HOSTED__
#error "ioview/linux/sysfs_enable.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/sysfs_config.hpp>
#include <ioview/pci/address.hpp>

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <utility>

namespace ioview::pci {

// The kernel counts: the function is off again when all that have enabled it are gone. What is
// killed is not counted down.
class SysfsEnable {
public:
    // no_device (ENOENT) when there is none, unsupported without permission (EACCES, EPERM), busy
    // (EBUSY) where a driver is bound, which has enabled it.
    [[nodiscard]] static Result<SysfsEnable> of(const Address& address,
                                                const std::string& devices = sysfs_devices) {
        return of(devices + '/' + to_string(address));
    }
    // The function of a directory that holds an `enable` file.
    [[nodiscard]] static Result<SysfsEnable> of(const std::string& directory) {
        auto file = ioview::detail::DeviceFile::open((directory + "/enable").c_str(), O_WRONLY);
        if (!file)
            return fail(file.error());
        if (write(*file, '1') < 0)
            return fail(ioview::detail::linux_error(errno));
        return SysfsEnable{std::move(*file)};
    }

    SysfsEnable(SysfsEnable&&) noexcept = default;
    SysfsEnable& operator=(SysfsEnable&& other) noexcept {
        std::swap(file_, other.file_);
        return *this;
    }
    ~SysfsEnable() {
        if (file_.number() < 0)
            return;
        const int before = errno;
        write(file_, '0'); // nobody is left to be told
        errno = before;
    }

private:
    explicit SysfsEnable(ioview::detail::DeviceFile file) noexcept : file_(std::move(file)) {}

    static ssize_t write(const ioview::detail::DeviceFile& file, char state) noexcept {
        return ioview::detail::restarted([&] { return ::pwrite(file.number(), &state, 1, 0); });
    }

    ioview::detail::DeviceFile file_;
};

} // namespace ioview::pci
