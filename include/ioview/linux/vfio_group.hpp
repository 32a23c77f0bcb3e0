// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/vfio.hpp>
// Part of <ioview/linux/vfio.hpp>, which is the one to include.
#pragma once
// VfioFiles: the open files by which one PCI function belongs to this process, and how they are
// come by: a group in a container, or the function's own node and an iommufd.
//
//   auto files = detail::VfioFiles::open("0000:00:03.0", {}, VfioWay::any);

#if !__STDC_HOSTED__
#error "ioview/linux/vfio_group.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <dirent.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

namespace ioview {

// Where the kernel shows functions and nodes.
struct VfioPaths {
    std::string devices = "/sys/bus/pci/devices";
    std::string nodes = "/dev";
};

// How a function is come by: its IOMMU group in a container; its own node (`vfio-dev`, Linux 6.6)
// and an iommufd; or the second where the kernel has it, and else the first.
enum class VfioWay : std::uint8_t { any, group, cdev };

namespace detail {

// <linux/vfio.h> and <linux/iommufd.h> of Linux 6.6, which a distribution's headers may not have.
struct VfioBindIommufd {
    static constexpr unsigned long request = _IO(VFIO_TYPE, VFIO_BASE + 18);
    std::uint32_t argsz = sizeof(VfioBindIommufd);
    std::uint32_t flags = 0;
    std::int32_t iommufd = -1;
    std::uint32_t out_devid = 0;
};
struct VfioAttachIommufdPt {
    static constexpr unsigned long request = _IO(VFIO_TYPE, VFIO_BASE + 19);
    std::uint32_t argsz = sizeof(VfioAttachIommufdPt);
    std::uint32_t flags = 0;
    std::uint32_t pt_id = 0;
};
struct IommuIoasAlloc {
    static constexpr unsigned long request = _IO(VFIO_TYPE, 0x81);
    std::uint32_t size = sizeof(IommuIoasAlloc);
    std::uint32_t flags = 0;
    std::uint32_t out_ioas_id = 0;
};
// The address space of which an iommufd's answers to the requests of a container are.
struct IommuVfioIoas {
    static constexpr unsigned long request = _IO(VFIO_TYPE, 0x88);
    static constexpr std::uint16_t set = 1;
    std::uint32_t size = sizeof(IommuVfioIoas);
    std::uint32_t ioas_id = 0;
    std::uint16_t op = set;
    std::uint16_t reserved = 0;
};

// The last name of what a link leads to; "" where there is no link.
[[nodiscard]] inline Result<std::string> link_target(const std::string& path) {
    char target[4'096];
    const ssize_t length =
        restarted([&] { return ::readlink(path.c_str(), target, sizeof target); });
    if (length < 0 && errno != ENOENT)
        return fail(linux_error(errno));
    const std::string whole(target, length < 0 ? 0 : static_cast<std::size_t>(length));
    return whole.substr(whole.rfind('/') + 1); // all of it when there is none
}

// Closed in this order: the function, its group, the container. As long as one of them or of what
// was made of them is open the function stays this process'.
struct VfioFiles {
    DeviceFile container; // or iommufd: takes the requests about DMA
    std::optional<DeviceFile> group;
    DeviceFile device;

    // docs/linux_vfio.md has the errors.
    [[nodiscard]] static Result<VfioFiles>
    open(const std::string& name, const VfioPaths& paths, VfioWay way) {
        const std::string directory = paths.devices + '/' + name;
        if (::access(directory.c_str(), F_OK) != 0)
            return fail(linux_error(errno));
        const auto driver = link_target(directory + "/driver");
        if (!driver)
            return fail(driver.error());
        if (!driver->empty() && driver->find("vfio") == std::string::npos)
            return fail_as(Error::busy, EBUSY); // the kernel's own driver has it
        if (way != VfioWay::group) {
            auto device = open_node(directory, paths);
            if (!device)
                return fail(device.error());
            if (*device)
                return of_cdev(std::move(**device), paths);
            if (way == VfioWay::cdev)
                return fail_as(Error::unsupported, ENOSYS);
        }
        const auto group = link_target(directory + "/iommu_group");
        if (!group)
            return fail(group.error());
        if (group->empty()) // no IOMMU, or none that the kernel was told to use
            return fail_as(Error::unsupported, ENODEV);
        return of_group(name, paths.nodes + "/vfio/" + *group, paths);
    }

private:
    [[nodiscard]] static Result<VfioFiles>
    of_group(const std::string& name, const std::string& node, const VfioPaths& paths) {
        auto container = DeviceFile::open((paths.nodes + "/vfio/vfio").c_str(), O_RDWR);
        if (!container)
            return fail(container.error());
        const auto version = container->answer(VFIO_GET_API_VERSION, 0);
        if (!version)
            return fail(version.error());
        const auto able = container->answer(VFIO_CHECK_EXTENSION, VFIO_TYPE1v2_IOMMU);
        if (!able)
            return fail(able.error());
        if (*version != VFIO_API_VERSION || *able == 0)
            return fail_as(Error::unsupported, EOPNOTSUPP);
        auto group = DeviceFile::open(node.c_str(), O_RDWR);
        if (!group)
            return fail(group.error());
        ::vfio_group_status status{};
        status.argsz = sizeof status;
        if (const auto asked = group->control(VFIO_GROUP_GET_STATUS, &status); !asked)
            return fail(asked.error());
        if ((status.flags & VFIO_GROUP_FLAGS_VIABLE) == 0)
            return fail_as(Error::busy, EBUSY); // a neighbour is with a driver of the kernel
        const int number = container->number();
        if (const auto set = group->control(VFIO_GROUP_SET_CONTAINER, &number); !set)
            return fail(set.error());
        if (const auto set = container->control(VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU); !set)
            return fail(set.error());
        const auto device = group->answer(VFIO_GROUP_GET_DEVICE_FD, name.c_str());
        if (!device)
            return fail(device.error());
        return VfioFiles{std::move(*container), std::move(*group), DeviceFile::adopt(*device)};
    }

    // An address space of its own; requests about DMA are those of a container.
    [[nodiscard]] static Result<VfioFiles> of_cdev(DeviceFile device, const VfioPaths& paths) {
        auto iommu = DeviceFile::open((paths.nodes + "/iommu").c_str(), O_RDWR);
        if (!iommu)
            return fail(iommu.error());
        VfioBindIommufd bind;
        bind.iommufd = iommu->number();
        if (const auto bound = device.control(bind.request, &bind); !bound)
            return fail(bound.error());
        IommuIoasAlloc space;
        if (const auto made = iommu->control(space.request, &space); !made)
            return fail(made.error());
        IommuVfioIoas chosen;
        chosen.ioas_id = space.out_ioas_id;
        if (const auto set = iommu->control(chosen.request, &chosen); !set)
            return fail(set.error());
        VfioAttachIommufdPt attach;
        attach.pt_id = space.out_ioas_id;
        if (const auto attached = device.control(attach.request, &attach); !attached)
            return fail(attached.error());
        return VfioFiles{std::move(*iommu), std::nullopt, std::move(device)};
    }

    // The function's own node; nothing where the kernel has none.
    [[nodiscard]] static Result<std::optional<DeviceFile>> open_node(const std::string& directory,
                                                                     const VfioPaths& paths) {
        ::DIR* const names = ::opendir((directory + "/vfio-dev").c_str());
        if (names == nullptr && errno != ENOENT)
            return fail(linux_error(errno));
        std::string node;
        while (const ::dirent* entry = names != nullptr ? ::readdir(names) : nullptr) {
            if (entry->d_name[0] != '.')
                node = entry->d_name;
        }
        if (names != nullptr)
            ::closedir(names);
        if (node.empty())
            return std::optional<DeviceFile>{};
        auto opened = DeviceFile::open((paths.nodes + "/vfio/devices/" + node).c_str(), O_RDWR);
        // a kernel without CONFIG_VFIO_DEVICE_CDEV has the directory, and no node
        if (!opened && errno == ENOENT)
            return std::optional<DeviceFile>{};
        if (!opened)
            return fail(opened.error());
        return std::optional<DeviceFile>{std::move(*opened)};
    }
};

} // namespace detail
} // namespace ioview
