// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/sysfs_bar.hpp>
// Part of <ioview/linux/sysfs_bar.hpp>, which is the one to include.
#pragma once
// SysfsResourceFile: the open `resourceN` of a PCI function, which no other owner has.
//
//   auto file = detail::SysfsResourceFile::open(directory, 0, Kind::memory, {});
//   auto pages = file->map();

#if !__STDC_HOSTED__
#error "ioview/linux/sysfs_resource_file.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/mapped_pages.hpp>
#include <ioview/linux/sysfs_config.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace ioview::pci {

// Who else may have the function. As a driver of the kernel has a device to itself, so has an
// owner, unless this says that it is known and wanted.
struct SysfsShare {
    bool with_driver = false; // a driver of the kernel may be bound to the function
    bool with_owners = false; // other owners, of this process or another, may have the same BAR
};

namespace detail {

class SysfsResourceFile {
public:
    enum class Kind : std::uint8_t { memory, ports };

    [[nodiscard]] static Result<SysfsResourceFile>
    open(const std::string& directory, unsigned number, Kind kind, SysfsShare share) {
        if (number > 5)
            return ioview::detail::fail_as(Error::invalid_argument, EINVAL);
        const auto resources = sysfs_resources(directory);
        if (!resources)
            return fail(resources.error());
        if (number >= resources->size())
            return ioview::detail::fail_as(Error::io_error, EIO);
        const SysfsResource& resource = (*resources)[number];
        if (resource.size() == 0 || resource.is_unset())
            return ioview::detail::fail_as(Error::no_memory, ENXIO);
        if (kind == Kind::ports ? !resource.is_port() : !resource.is_memory())
            return ioview::detail::fail_as(Error::unsupported, EOPNOTSUPP);
        if (!share.with_driver) {
            if (auto free = check_no_driver(directory); !free)
                return fail(free.error());
        }
        std::string path = directory + "/resource" + std::to_string(number);
        auto file = ioview::detail::DeviceFile::open(path.c_str(), O_RDWR);
        if (!file)
            return fail(file.error());
        if (!share.with_owners && ioview::detail::restarted([&] {
                                      return ::flock(file->number(), LOCK_EX | LOCK_NB);
                                  }) < 0)
            return fail(ioview::detail::linux_error(errno));
        if (auto whole = check_size(*file, resource.size()); !whole)
            return fail(whole.error());
        return SysfsResourceFile{std::move(*file), std::move(path), resource};
    }

    [[nodiscard]] Result<ioview::detail::MappedPages> map() const noexcept { return map(file_); }
    [[nodiscard]] Result<ioview::detail::MappedPages> map_write_combining() const {
        const auto file = ioview::detail::DeviceFile::open((path_ + "_wc").c_str(), O_RDWR);
        if (!file && errno == ENOENT) // the BAR is not prefetchable, or the CPU cannot
            return fail(Error::unsupported);
        if (!file)
            return fail(file.error());
        if (auto whole = check_size(*file, size()); !whole)
            return fail(whole.error());
        return map(*file);
    }

    [[nodiscard]] int number() const noexcept { return file_.number(); }
    [[nodiscard]] std::uint64_t size() const noexcept { return resource_.size(); }

private:
    SysfsResourceFile(ioview::detail::DeviceFile file,
                      std::string path,
                      const SysfsResource& resource) noexcept
        : file_(std::move(file)), path_(std::move(path)), resource_(resource) {}

    // The file begins with the page that the BAR begins in: not each BAR fills its pages.
    [[nodiscard]] Result<ioview::detail::MappedPages>
    map(const ioview::detail::DeviceFile& file) const noexcept {
        const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
        return ioview::detail::MappedPages::of(
            file.number(), resource_.start % page, size(), ioview::detail::MappedPages::to_write);
    }

    // busy (EBUSY) where a driver is bound, but for those that only keep others away.
    [[nodiscard]] static Result<> check_no_driver(const std::string& directory) {
        char target[256];
        const std::string path = directory + "/driver";
        const ssize_t length = ioview::detail::restarted(
            [&] { return ::readlink(path.c_str(), target, sizeof target); });
        if (length < 0 && errno == ENOENT)
            return {};
        if (length < 0)
            return fail(ioview::detail::linux_error(errno));
        std::string_view name{target, static_cast<std::size_t>(length)};
        name.remove_prefix(name.rfind('/') + 1);
        if (name == "uio_pci_generic" || name == "pci-stub")
            return {};
        return ioview::detail::fail_as(Error::busy, EBUSY);
    }
    [[nodiscard]] static Result<> check_size(const ioview::detail::DeviceFile& file,
                                             std::uint64_t size) noexcept {
        struct ::stat status {};
        if (ioview::detail::restarted([&] { return ::fstat(file.number(), &status); }) != 0)
            return fail(ioview::detail::linux_error(errno));
        if (static_cast<std::uint64_t>(status.st_size) < size)
            return ioview::detail::fail_as(Error::out_of_bounds, ERANGE);
        return {};
    }

    ioview::detail::DeviceFile file_;
    std::string path_;
    SysfsResource resource_;
};

} // namespace detail
} // namespace ioview::pci
