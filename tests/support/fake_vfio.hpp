// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// VFIO without a kernel that has it: the nodes are files of a directory of our own, and what is
// asked of them by ioctl() is answered here. One function, 0000:00:03.0, in group 7. Its BAR 0 has
// 0x8000 bytes, of which tests say what may be mapped; BAR 2 has 0x40 that may not.
//
//   FakeVfio vfio;
//   auto device = io::VfioDevice::open(vfio.address, io::VfioWay::group, vfio.paths());

#include <ioview/linux/vfio.hpp>
#include <ioview/pci/address.hpp>

#include "support/fake_sysfs.hpp"
#include "support/system_calls.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <linux/vfio.h>
#include <map>
#include <string>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace ioview::tests {

class FakeVfio {
public:
    static constexpr pci::Address address{.device = 3};
    static constexpr std::uint64_t bar0 = 0;
    static constexpr std::uint64_t bar0_bytes = 0x8000;
    static constexpr std::uint64_t bar2 = 0x1'0000;
    static constexpr std::uint64_t config = 0x2'0000;

    FakeVfio() {
        for (const char* name : {"devices", "devices/0000:00:03.0", "dev", "dev/vfio", "kernel"})
            tree.directory(name);
        tree.link("devices/0000:00:03.0/driver", "../../drivers/vfio-pci");
        tree.link("devices/0000:00:03.0/iommu_group", "../../../kernel/iommu_groups/7");
        tree.file("dev/vfio/vfio", "");
        tree.file("dev/vfio/7", "");
        std::string function(config + 0x1000, '\0');
        for (std::size_t i = 0; i < function.size(); ++i)
            function[i] = static_cast<char>(i * 7 + 3);
        function.replace(config, 6, std::string("\x34\x12\xe8\x11\x01\x01", 6));
        tree.file("function", function);
        current = this;
        calls().on_ioctl = [](int, unsigned long request, void* argument, int& outcome) {
            outcome = current->control(request, argument);
            if (outcome < 0)
                errno = -outcome;
            outcome = outcome < 0 ? -1 : outcome;
            return true;
        };
    }
    ~FakeVfio() {
        calls().on_ioctl = nullptr;
        current = nullptr;
    }
    FakeVfio(const FakeVfio&) = delete;
    FakeVfio& operator=(const FakeVfio&) = delete;

    [[nodiscard]] VfioPaths paths() const { return {tree.path("devices"), tree.path("dev")}; }
    // The nodes of Linux 6.6.
    void add_cdev() {
        for (const char* name : {"devices/0000:00:03.0/vfio-dev",
                                 "devices/0000:00:03.0/vfio-dev/vfio4",
                                 "dev/vfio/devices"})
            tree.directory(name);
        tree.file("dev/iommu", "");
        tree.link("dev/vfio/devices/vfio4", tree.path("function"));
    }
    // Nothing of it is open, mapped, or within the device's reach.
    [[nodiscard]] bool is_clean() { return calls().is_clean() && mapped.empty() && right; }

    const FakeSysfs tree;
    int version = VFIO_API_VERSION;
    int has_type1v2 = 1;
    bool viable = true;
    std::uint32_t flags = VFIO_DEVICE_FLAGS_PCI | VFIO_DEVICE_FLAGS_RESET;
    std::uint64_t config_offset = config;
    std::uint64_t bar2_offset = bar2;
    std::uint64_t config_bytes = 0x1000;
    std::uint32_t bar0_flags =
        VFIO_REGION_INFO_FLAG_READ | VFIO_REGION_INFO_FLAG_WRITE | VFIO_REGION_INFO_FLAG_MMAP;
    bool has_areas = false; // sparse
    std::vector<::vfio_region_sparse_mmap_area> areas;
    std::uint32_t areas_said = 0; // where not 0, instead of how many there are
    bool grows = false;           // what is said is never all of it
    std::uint64_t page_sizes = 0x1000;
    bool has_ranges = true;
    std::vector<::vfio_iova_range> ranges{{0, 0xfedf'ffff}, {0xfef0'0000, 0x7f'ffff'ffff}};
    std::uint32_t ranges_said = 0;
    std::uint32_t vectors = 4;
    std::uint32_t vector_flags = VFIO_IRQ_INFO_EVENTFD;

    // what was asked for
    std::string chosen;
    unsigned resets = 0;
    unsigned unmasked = 0;
    std::map<std::uint64_t, ::vfio_iommu_type1_dma_map> mapped;
    std::vector<std::int32_t> eventfds;
    bool unmaps = true; // false: the IOMMU keeps its mappings
    bool right = true;

    [[nodiscard]] SystemCalls& calls() { return calls_; }

private:
    inline static FakeVfio* current = nullptr;

    template <class T>
    static T& as(void* argument) {
        return *static_cast<T*>(argument);
    }

    // A structure with room for a capability behind it, if there is one.
    template <class T, class Head, class Part>
    void add(T& said, std::uint16_t id, std::vector<Part>& parts, std::uint32_t count) {
        const std::size_t bytes = sizeof(T) + sizeof(Head) + parts.size() * sizeof(Part);
        const std::uint32_t room = said.argsz;
        said.argsz = static_cast<std::uint32_t>(bytes + (grows ? room : 0));
        if (room < bytes || grows)
            return;
        said.cap_offset = sizeof(T);
        auto* at = reinterpret_cast<std::byte*>(&said) + sizeof(T);
        ::vfio_info_cap_header header{};
        header.id = id;
        std::memcpy(at, &header, sizeof header);
        const auto number = count != 0 ? count : static_cast<std::uint32_t>(parts.size());
        std::memcpy(at + sizeof header, &number, sizeof number);
        if (!parts.empty())
            std::memcpy(at + sizeof(Head), parts.data(), parts.size() * sizeof(Part));
    }

    int region(::vfio_region_info& info) {
        if (info.index == VFIO_PCI_CONFIG_REGION_INDEX) {
            info.flags = VFIO_REGION_INFO_FLAG_READ | VFIO_REGION_INFO_FLAG_WRITE;
            info.offset = config_offset;
            info.size = config_bytes;
        } else if (info.index == 0) {
            info.flags = bar0_flags;
            info.offset = bar0;
            info.size = bar0_bytes;
            if (has_areas) {
                info.flags |= VFIO_REGION_INFO_FLAG_CAPS;
                add<::vfio_region_info, ::vfio_region_info_cap_sparse_mmap>(
                    info, VFIO_REGION_INFO_CAP_SPARSE_MMAP, areas, areas_said);
            }
        } else if (info.index == 2) {
            info.flags = VFIO_REGION_INFO_FLAG_READ | VFIO_REGION_INFO_FLAG_WRITE;
            info.offset = bar2_offset;
            info.size = 0x40;
        }
        return 0;
    }
    int iommu(::vfio_iommu_type1_info& info) {
        info.flags = VFIO_IOMMU_INFO_PGSIZES;
        info.iova_pgsizes = page_sizes;
        if (has_ranges) {
            info.flags |= VFIO_IOMMU_INFO_CAPS;
            add<::vfio_iommu_type1_info, ::vfio_iommu_type1_info_cap_iova_range>(
                info, VFIO_IOMMU_TYPE1_INFO_CAP_IOVA_RANGE, ranges, ranges_said);
        }
        return 0;
    }
    int map(const ::vfio_iommu_type1_dma_map& asked) {
        if (asked.size == 0 || (asked.size | asked.iova | asked.vaddr) % 0x1000 != 0)
            return -EINVAL;
        for (const auto& [first, other] : mapped) {
            if (asked.iova < first + other.size && first < asked.iova + asked.size)
                return -EEXIST;
        }
        mapped[asked.iova] = asked;
        return 0;
    }
    int unmap(const ::vfio_iommu_type1_dma_unmap& asked) {
        if (!unmaps)
            return -EIO;
        const auto found = mapped.find(asked.iova);
        right = right && found != mapped.end() && found->second.size == asked.size;
        mapped.erase(asked.iova);
        return 0;
    }
    int set(const ::vfio_irq_set& asked) {
        if ((asked.flags & VFIO_IRQ_SET_ACTION_UNMASK) != 0)
            return ++unmasked, 0;
        if (asked.count == 0)
            return eventfds.clear(), 0;
        if (!eventfds.empty())
            return -EBUSY;
        eventfds.resize(asked.count);
        std::memcpy(eventfds.data(), asked.data, asked.count * sizeof(std::int32_t));
        return 0;
    }

    int control(unsigned long request, void* argument) {
        switch (request) {
        case VFIO_GET_API_VERSION:
            return version;
        case VFIO_CHECK_EXTENSION:
            return reinterpret_cast<std::uintptr_t>(argument) == VFIO_TYPE1v2_IOMMU ? has_type1v2
                                                                                    : 0;
        case VFIO_GROUP_GET_STATUS:
            as<::vfio_group_status>(argument).flags = viable ? VFIO_GROUP_FLAGS_VIABLE : 0;
            return 0;
        case VFIO_GROUP_SET_CONTAINER:
        case VFIO_SET_IOMMU:
            return 0;
        case VFIO_GROUP_GET_DEVICE_FD:
            chosen = static_cast<const char*>(argument);
            calls().open.push_back(static_cast<int>(::syscall(
                SYS_openat, AT_FDCWD, tree.path("function").c_str(), O_RDWR | O_CLOEXEC)));
            return calls().open.back();
        case VFIO_DEVICE_GET_INFO:
            as<::vfio_device_info>(argument).flags = flags;
            return 0;
        case VFIO_DEVICE_GET_REGION_INFO:
            return region(as<::vfio_region_info>(argument));
        case VFIO_DEVICE_GET_IRQ_INFO:
            as<::vfio_irq_info>(argument).count = vectors;
            as<::vfio_irq_info>(argument).flags = vector_flags;
            return 0;
        case VFIO_DEVICE_SET_IRQS:
            return set(as<::vfio_irq_set>(argument));
        case VFIO_DEVICE_RESET:
            return ++resets, 0;
        case VFIO_IOMMU_GET_INFO:
            return iommu(as<::vfio_iommu_type1_info>(argument));
        case VFIO_IOMMU_MAP_DMA:
            return map(as<::vfio_iommu_type1_dma_map>(argument));
        case VFIO_IOMMU_UNMAP_DMA:
            return unmap(as<::vfio_iommu_type1_dma_unmap>(argument));
        case detail::VfioBindIommufd::request:
            chosen = "cdev";
            return as<detail::VfioBindIommufd>(argument).iommufd >= 0 ? 0 : -EINVAL;
        case detail::IommuIoasAlloc::request:
            as<detail::IommuIoasAlloc>(argument).out_ioas_id = 9;
            return 0;
        case detail::IommuVfioIoas::request:
            return as<detail::IommuVfioIoas>(argument).ioas_id == 9 ? 0 : -ENOENT;
        case detail::VfioAttachIommufdPt::request:
            return as<detail::VfioAttachIommufdPt>(argument).pt_id == 9 ? 0 : -ENOENT;
        default:
            return -ENOTTY;
        }
    }

    SystemCalls calls_;
};

} // namespace ioview::tests
