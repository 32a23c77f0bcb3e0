// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SysfsConfig: the configuration space of one PCI function through Linux' sysfs.
//
//   auto function = io::pci::SysfsConfig::open({.bus = 0, .device = 3});
//   auto cfg = io::ConfigSpace<io::pci::SysfsConfig, io::pci::Normal>::of(*function);
//
// The kernel makes one configuration access of each read or write here. Without CAP_SYS_ADMIN it
// gives the first 64 bytes only: reading further is an error, and so is a file that was cut off or
// belongs to a device that has gone.

#if !__STDC_HOSTED__
#error "ioview/linux/sysfs_config.hpp needs a hosted implementation"
#endif

#include <ioview/backend/config_space.hpp>
#include <ioview/endian.hpp>
#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp> // IWYU pragma: export
#include <ioview/pci/address.hpp>
#include <ioview/region.hpp>

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ioview::pci {

// Where Linux has a directory for each PCI function.
inline constexpr const char* sysfs_devices = "/sys/bus/pci/devices";

// The outcome of a failed system call. What has gone is no_device, what this user or file may not
// do unsupported.
[[nodiscard]] constexpr Error sysfs_error(int number) noexcept {
    switch (number) {
    case ENODEV:
    case ENXIO:
    case ENOENT:
    case ENOTDIR:
    case ESRCH:
        return Error::no_device;
    case EACCES:
    case EPERM:
    case EROFS:
        return Error::unsupported;
    case EBUSY:
        return Error::busy;
    case ENOMEM:
    case EMFILE:
    case ENFILE:
        return Error::no_memory;
    default:
        return Error::io_error;
    }
}

// 0000:00:03.0, the name of a function's directory.
[[nodiscard]] inline std::string to_string(const Address& address) {
    char text[24];
    std::snprintf(text,
                  sizeof text,
                  "%04x:%02x:%02x.%x",
                  address.segment,
                  unsigned{address.bus},
                  unsigned{address.device},
                  unsigned{address.function});
    return text;
}

// Owns the open `config` file. Models ConfigFunction.
class SysfsConfig {
public:
    static constexpr bool ordered = true; // by the kernel's own access

    // Writing has to be asked for.
    enum class Mode : std::uint8_t { read_only, read_write };

    // The function at address; devices: where the directories of all functions are. no_device
    // when there is none, unsupported without permission, out_of_bounds when the file is shorter
    // than any configuration space.
    [[nodiscard]] static Result<SysfsConfig> open(const Address& address,
                                                  Mode mode = Mode::read_only,
                                                  const std::string& devices = sysfs_devices) {
        return open(devices + '/' + to_string(address), mode);
    }
    // The function of a directory that holds a `config` file.
    [[nodiscard]] static Result<SysfsConfig> open(const std::string& directory,
                                                  Mode mode = Mode::read_only) {
        const std::string path = directory + "/config";
        const int flags = mode == Mode::read_only ? O_RDONLY : O_RDWR;
        SysfsConfig made(
            ioview::detail::restarted([&] { return ::open(path.c_str(), flags | O_CLOEXEC); }),
            mode);
        struct ::stat status {};
        if (made.file_ < 0 ||
            ioview::detail::restarted([&] { return ::fstat(made.file_, &status); }) != 0)
            return fail(sysfs_error(errno));
        if (status.st_size < 256)
            return ioview::detail::fail_as(Error::out_of_bounds, ERANGE);
        made.size_ = status.st_size < 4'096 ? 256 : 4'096;
        return made;
    }

    SysfsConfig(SysfsConfig&& other) noexcept
        : file_(std::exchange(other.file_, -1)), size_(other.size_), mode_(other.mode_) {}
    SysfsConfig& operator=(SysfsConfig&& other) noexcept {
        std::swap(file_, other.file_);
        std::swap(size_, other.size_);
        std::swap(mode_, other.mode_);
        return *this;
    }
    ~SysfsConfig() {
        if (file_ < 0)
            return;
        const int before = errno;
        ::close(file_);
        errno = before;
    }

    // 4096 where the kernel has PCI Express configuration access to the function, else 256. This
    // user may be given less; reading that fails.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    // One access of 8, 16 or 32 bits. io_error where the file ends early: for want of CAP_SYS_ADMIN
    // after 64 bytes, or because it was cut off.
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] Result<W> read(std::uint16_t offset) const noexcept {
        if (auto fault = fault_at(offset, sizeof(W)); ioview::detail::failed(fault))
            return fail(fault);
        W stored = 0;
        return transferred(ioview::detail::restarted(
                               [&] { return ::pread(file_, &stored, sizeof(W), offset); }),
                           sizeof(W))
            .transform([&] { return le<W>::from_stored(stored).value(); });
    }
    // unsupported when opened to read only.
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] Result<> write(std::uint16_t offset, W value) const noexcept {
        if (auto fault = fault_at(offset, sizeof(W)); ioview::detail::failed(fault))
            return fail(fault);
        if (mode_ == Mode::read_only)
            return ioview::detail::fail_as(Error::unsupported, EBADF);
        const auto stored = le<W>(value).stored();
        return transferred(
            ioview::detail::restarted([&] { return ::pwrite(file_, &stored, sizeof(W), offset); }),
            sizeof(W));
    }

    // The file descriptor, which stays this object's.
    [[nodiscard]] int native_handle() const noexcept { return file_; }

private:
    SysfsConfig(int file, Mode mode) noexcept : file_(file), mode_(mode) {}

    [[nodiscard]] Error fault_at(std::uint16_t offset, std::size_t bytes) const noexcept {
        if (!ioview::detail::fits(offset, bytes, size_))
            return Error::out_of_bounds;
        return offset % bytes == 0 ? Error{} : Error::misaligned;
    }
    [[nodiscard]] static Result<> transferred(ssize_t count, std::size_t wanted) noexcept {
        if (count < 0)
            return fail(sysfs_error(errno));
        if (static_cast<std::size_t>(count) != wanted)
            return ioview::detail::fail_as(Error::io_error, EIO);
        return {};
    }

    int file_;
    std::size_t size_ = 0;
    Mode mode_;
};

// Every PCI function of this machine, in order; no_device when it has no PCI. Names in devices
// that are no addresses are passed over.
[[nodiscard]] inline Result<std::vector<Address>>
sysfs_functions(const std::string& devices = sysfs_devices) {
    ::DIR* directory = ::opendir(devices.c_str());
    if (directory == nullptr)
        return fail(sysfs_error(errno));
    std::vector<Address> found;
    errno = 0; // tells the end from an error
    while (const ::dirent* entry = ::readdir(directory)) {
        unsigned segment = 0;
        unsigned bus = 0;
        unsigned device = 0;
        unsigned function = 0;
        int used = 0;
        const std::string name = entry->d_name;
        const int fields = std::sscanf(
            name.c_str(), "%8x:%2x:%2x.%1x%n", &segment, &bus, &device, &function, &used);
        const Address address{segment,
                              static_cast<std::uint8_t>(bus),
                              static_cast<std::uint8_t>(device),
                              static_cast<std::uint8_t>(function)};
        if (fields == 4 && static_cast<std::size_t>(used) == name.size() &&
            to_string(address) == name && address.valid())
            found.push_back(address);
        errno = 0;
    }
    const int error = errno;
    ::closedir(directory);
    if (error != 0)
        return fail(sysfs_error(error));
    std::sort(found.begin(), found.end());
    return found;
}

// One line of a function's `resource` file: BARs 0 to 5, then the expansion ROM, then the windows
// of a bridge.
struct SysfsResource {
    std::uint64_t start = 0;
    std::uint64_t end = 0; // the last byte
    std::uint64_t flags = 0;

    // Bytes; 0 when there is nothing.
    [[nodiscard]] constexpr std::uint64_t size() const noexcept {
        return flags == 0 || end < start ? 0 : end - start + 1;
    }
    // As <linux/ioport.h> of the kernel has them, which programs are not given.
    [[nodiscard]] constexpr bool is_port() const noexcept { return (flags & 0x100) != 0; }
    [[nodiscard]] constexpr bool is_memory() const noexcept { return (flags & 0x200) != 0; }
    [[nodiscard]] constexpr bool is_prefetchable() const noexcept { return (flags & 0x2000) != 0; }
    // Nobody has given it an address.
    [[nodiscard]] constexpr bool is_unset() const noexcept {
        return start == 0 || (flags & 0x2000'0000) != 0;
    }
};

// The resources that the kernel gave to the function of a directory, up to 64; io_error when a line
// is not what the kernel writes.
[[nodiscard]] inline Result<std::vector<SysfsResource>>
sysfs_resources(const std::string& directory) {
    const auto text = ioview::detail::text_of(directory + "/resource");
    if (!text)
        return fail(text.error());
    std::vector<SysfsResource> found;
    for (std::size_t at = 0; at < text->size() && found.size() < 64;) {
        unsigned long long start = 0;
        unsigned long long end = 0;
        unsigned long long flags = 0;
        if (std::sscanf(text->c_str() + at, "0x%16llx 0x%16llx 0x%16llx", &start, &end, &flags) !=
            3)
            return ioview::detail::fail_as(Error::io_error, EIO);
        found.push_back({start, end, flags});
        const std::size_t line = text->find('\n', at);
        at = line == std::string::npos ? text->size() : line + 1;
    }
    return found;
}

} // namespace ioview::pci
