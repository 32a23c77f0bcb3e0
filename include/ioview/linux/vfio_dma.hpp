// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// VfioDma: memory of this process that a VfioDevice reaches, through the IOMMU, and it alone.
//
//   auto dma = io::VfioDma::of(*device, io::DmaMask::of<32>());
//   auto ring = io::Coherent<Ring, io::VfioDma>::zeroed(*dma);
//
// Addresses are those that the kernel says the IOMMU has, lowest first, within the mask, and never
// 0. A device that goes astray faults at the IOMMU, which the kernel logs; its writes reach
// nothing.

#if !__STDC_HOSTED__
#error "ioview/linux/vfio_dma.hpp needs a hosted implementation"
#endif

#include <ioview/dma/cache.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/linux/device_file.hpp>
#include <ioview/linux/dma_space.hpp> // IWYU pragma: export
#include <ioview/linux/vfio.hpp>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <linux/vfio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ioview {

// Models StreamingDma. Memory is locked, of which a user may have RLIMIT_MEMLOCK; all of it is
// unmapped from the IOMMU when this ends, and by the kernel when the process does, whatever ends
// it. A child of fork() has none of it to give back. Unsynchronised.
class VfioDma {
public:
    // What memory is made of. Huge pages (2 MiB) are those that the administrator has set aside,
    // and each allocation takes whole ones.
    enum class Pages : std::uint8_t { normal, huge };

    // mask: what the device can address. unsupported (EOPNOTSUPP) where the IOMMU's pages are
    // larger than the process'.
    [[nodiscard]] static Result<VfioDma>
    of(const VfioDevice& device, DmaMask mask, Pages pages = Pages::normal) {
        auto file = device.files_.container.duplicate();
        if (!file)
            return fail(file.error());
        VfioDma made{std::move(*file), mask, pages};
        if (auto able = made.ask(); !able)
            return fail(able.error());
        return made;
    }

    // While nothing is allocated or mapped, else a panic: owners of memory know where this is.
    VfioDma(VfioDma&& other) noexcept
        : file_(std::move(other.file_)),
          space_(std::move(other.space_)),
          mask_(other.mask_),
          pages_(other.pages_),
          page_(other.page_),
          process_(other.process_) {
        if (!space_.taken().empty())
            panic("ioview: a VfioDma is moved while memory of it is in use");
    }
    VfioDma& operator=(VfioDma&&) = delete; // ioview: owners of its memory know where a VfioDma is
    // What is left, of a device that did not confirm that it has stopped, is out of its reach
    // first.
    ~VfioDma() {
        for (const auto& taken : space_.taken())
            give_back(taken);
    }

    // Zeroed whole pages. invalid_argument (EINVAL) for no bytes or an alignment that is no power
    // of two, unsupported (EOPNOTSUPP) for one above that of a page, no_memory: ENOMEM for want of
    // memory, huge pages or locked memory, ENOSPC of addresses.
    [[nodiscard]] Result<DmaRegion> allocate(std::size_t bytes, std::size_t alignment, DmaAttrs) {
        if (bytes == 0 || !std::has_single_bit(alignment))
            return detail::fail_as(Error::invalid_argument, EINVAL);
        const std::size_t unit = pages_ == Pages::huge ? huge_page : page_;
        if (alignment > unit)
            return detail::fail_as(Error::unsupported, EOPNOTSUPP);
        if (bytes > static_cast<std::size_t>(-1) - unit)
            return detail::fail_as(Error::no_memory, ENOMEM);
        const std::size_t size = (bytes + unit - 1) & ~(unit - 1);
        const int huge = MAP_HUGETLB | 21 << MAP_HUGE_SHIFT; // log2 of the bytes
        const int flags = MAP_SHARED | MAP_ANONYMOUS | (pages_ == Pages::huge ? huge : 0);
        void* cpu = nullptr;
        do
            cpu = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, flags, -1, 0);
        while (cpu == MAP_FAILED && errno == EINTR);
        if (cpu == MAP_FAILED)
            return fail(detail::linux_error(errno));
        const auto dma = lend(cpu, size, unit, both, cpu, bytes);
        if (!dma) {
            unmap_pages(cpu, size);
            return fail(dma.error());
        }
        return DmaRegion{cpu, *dma};
    }
    // Panics when the region was not allocated here with so many bytes, or is free already.
    void free(DmaRegion region, std::size_t bytes) noexcept {
        const auto* const taken = space_.find(region.dma);
        if (taken == nullptr || taken->cpu == nullptr || taken->cpu != region.cpu ||
            taken->bytes != bytes)
            panic("ioview: VfioDma::free: the region is not from here, or is free already");
        give_back(*taken);
        space_.drop(taken);
    }

    // Memory of the driver's own: the pages that it is in, of which the device can reach all. Read
    // only for to_device. no_memory as allocate(), io_error (EFAULT) for what is no memory.
    [[nodiscard]] Result<DmaAddress>
    map(const void* cpu, std::size_t bytes, DmaDirection direction) {
        if (bytes == 0)
            return detail::fail_as(Error::invalid_argument, EINVAL);
        const auto address = reinterpret_cast<std::uintptr_t>(cpu);
        const std::size_t before = address & (page_ - 1);
        if (bytes > static_cast<std::size_t>(-1) - before - page_)
            return detail::fail_as(Error::no_memory, ENOMEM);
        const std::size_t size = (before + bytes + page_ - 1) & ~(page_ - 1);
        const std::uint32_t access = direction == DmaDirection::to_device ? to_read : both;
        const auto dma =
            lend(reinterpret_cast<void*>(address - before), size, page_, access, nullptr, bytes);
        if (!dma)
            return fail(dma.error());
        return *dma + before;
    }
    // Panics when it was not mapped here with so many bytes.
    void unmap(DmaAddress address, std::size_t bytes, DmaDirection) noexcept {
        const auto* const taken = space_.find(address);
        if (taken == nullptr || taken->cpu != nullptr || taken->bytes != bytes)
            panic("ioview: VfioDma::unmap: this is not mapped, or not with so many bytes");
        give_back(*taken);
        space_.drop(taken);
    }

    // What the device can address, as given.
    [[nodiscard]] DmaMask mask() const noexcept { return mask_; }
    // Where the kernel gives user space a device, its accesses are coherent with the caches.
    [[nodiscard]] NoCacheOps cache() const noexcept { return {}; }
    // Regions that are allocated or mapped.
    [[nodiscard]] std::size_t outstanding() const noexcept { return space_.taken().size(); }

private:
    static constexpr std::size_t huge_page = std::size_t{1} << 21;
    static constexpr std::uint32_t to_read = VFIO_DMA_MAP_FLAG_READ;
    static constexpr std::uint32_t both = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE;

    VfioDma(detail::DeviceFile file, DmaMask mask, Pages pages) noexcept
        : file_(std::move(file)), mask_(mask), pages_(pages) {}

    // What the IOMMU can do.
    [[nodiscard]] Result<> ask() {
        const auto bytes = detail::vfio_info(file_, VFIO_IOMMU_GET_INFO, ::vfio_iommu_type1_info{});
        if (!bytes)
            return fail(bytes.error());
        ::vfio_iommu_type1_info info{};
        std::memcpy(&info, bytes->data(), sizeof info);
        if ((info.flags & VFIO_IOMMU_INFO_PGSIZES) != 0 && info.iova_pgsizes != 0 &&
            (info.iova_pgsizes & (0 - info.iova_pgsizes)) > page_)
            return detail::fail_as(Error::unsupported, EOPNOTSUPP);
        std::size_t at = 0;
        if ((info.flags & VFIO_IOMMU_INFO_CAPS) != 0)
            at = detail::vfio_capability(
                *bytes, info.cap_offset, VFIO_IOMMU_TYPE1_INFO_CAP_IOVA_RANGE);
        if (at == 0) { // before Linux 5.4; below the addresses of x86's interrupts
            space_.add(page_, 0xfedf'ffff);
            return {};
        }
        using Ranges = ::vfio_iommu_type1_info_cap_iova_range;
        std::uint32_t count = 0;
        if (!detail::copy_out(*bytes, at + offsetof(Ranges, nr_iovas), count))
            return detail::fail_as(Error::io_error, EIO);
        at += sizeof(Ranges);
        ::vfio_iova_range range{};
        for (std::uint32_t i = 0; i < count; ++i, at += sizeof range) {
            if (!detail::copy_out(*bytes, at, range))
                return detail::fail_as(Error::io_error, EIO);
            const DmaAddress first = std::max<DmaAddress>(range.start, page_);
            if (first <= range.end)
                space_.add(first, range.end);
        }
        return {};
    }

    // Whole pages at an address of their own.
    [[nodiscard]] Result<DmaAddress> lend(void* pages,
                                          std::size_t size,
                                          std::size_t step,
                                          std::uint32_t access,
                                          void* owned,
                                          std::size_t bytes) {
        const auto dma = space_.take(size, step, mask_, owned, bytes);
        if (!dma)
            return fail(dma.error());
        ::vfio_iommu_type1_dma_map map{};
        map.argsz = sizeof map;
        map.flags = access;
        map.vaddr = reinterpret_cast<std::uintptr_t>(pages);
        map.iova = *dma;
        map.size = size;
        if (const auto mapped = file_.control(VFIO_IOMMU_MAP_DMA, &map); !mapped) {
            space_.drop(space_.find(*dma));
            return fail(mapped.error());
        }
        return dma;
    }
    // Out of the device's reach first; memory that is not seen to be stays. A child of fork() has
    // the container, too, but the mappings are its parent's.
    void give_back(const detail::DmaSpace::Taken& taken) const noexcept {
        const std::size_t size = static_cast<std::size_t>(taken.last - taken.first) + 1;
        if (::getpid() == process_) {
            const int before = errno;
            ::vfio_iommu_type1_dma_unmap unmap{};
            unmap.argsz = sizeof unmap;
            unmap.iova = taken.first;
            unmap.size = size;
            const auto done = file_.control(VFIO_IOMMU_UNMAP_DMA, &unmap);
            errno = before;
            if (!done)
                return;
        }
        if (taken.cpu != nullptr)
            unmap_pages(taken.cpu, size);
    }
    static void unmap_pages(void* pages, std::size_t size) noexcept {
        const int before = errno;
        ::munmap(pages, size);
        errno = before;
    }

    detail::DeviceFile file_; // of the container
    detail::DmaSpace space_;
    DmaMask mask_;
    Pages pages_;
    std::size_t page_ = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    ::pid_t process_ = ::getpid();
};

} // namespace ioview
