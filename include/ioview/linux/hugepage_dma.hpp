// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// HugepageDma: memory in huge pages whose physical addresses are given to a device, where no IOMMU
// is between them.
//
//   auto dma = io::HugepageDma::open(io::DmaMask::of<32>());     // needs CAP_SYS_ADMIN
//   auto ring = io::Coherent<Ring, io::HugepageDma>::zeroed(*dma);
//
// Nothing keeps a device from memory that is not its own: set bus mastering when memory is in
// place, and clear it before this ends, or the process, at the latest.

#if !__STDC_HOSTED__
#error "ioview/linux/hugepage_dma.hpp needs a hosted implementation"
#endif

#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/linux/device_file.hpp>
#include <ioview/linux/dma_space.hpp> // IWYU pragma: export

#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ioview {

// Models DmaDevice. Allocations are parts of pages of 2 MiB that the administrator has set aside
// (/proc/sys/vm/nr_hugepages), each within one, and pages stay until this ends. A child of fork()
// shares them. Unsynchronised.
class HugepageDma {
public:
    static constexpr std::size_t page_bytes = std::size_t{1} << 21;
    // Sizes and places are multiples of it, so that no two owners share a cache line.
    static constexpr std::size_t granule = 64;
    static constexpr std::size_t max_alignment = page_bytes;

    // pagemap: where the kernel shows the pages of this process. unsupported (EPERM) when it hides
    // their addresses, for want of CAP_SYS_ADMIN; errors of opening the file.
    [[nodiscard]] static Result<HugepageDma> open(DmaMask mask,
                                                  const char* pagemap = "/proc/self/pagemap") {
        auto file = detail::DeviceFile::open(pagemap, O_RDONLY);
        if (!file)
            return fail(file.error());
        HugepageDma made{std::move(*file), mask};
        const volatile int here = 0; // a page that is there
        if (const auto physical = made.physical_of(const_cast<const int*>(&here)); !physical)
            return fail(physical.error());
        return made;
    }

    // While nothing is allocated, else a panic: owners of memory know where this is.
    HugepageDma(HugepageDma&& other) noexcept
        : pagemap_(std::move(other.pagemap_)),
          mask_(other.mask_),
          space_(std::move(other.space_)),
          pages_(std::move(other.pages_)) {
        if (!space_.taken().empty())
            panic("ioview: a HugepageDma is moved while memory of it is in use");
    }
    HugepageDma& // ioview: owners of its memory know where a HugepageDma is
    operator=(HugepageDma&&) = delete;
    ~HugepageDma() {
        const int before = errno;
        for (const Page& page : pages_)
            ::munmap(page.cpu, page_bytes);
        errno = before;
    }

    // invalid_argument (EINVAL) for no bytes or an alignment that is no power of two, unsupported
    // (EOPNOTSUPP) for more than a page, no_memory when no page is left (ENOMEM) or the device does
    // not reach all of the one that there is (ENOSPC).
    [[nodiscard]] Result<DmaRegion> allocate(std::size_t bytes, std::size_t alignment, DmaAttrs) {
        if (bytes == 0 || !std::has_single_bit(alignment))
            return detail::fail_as(Error::invalid_argument, EINVAL);
        if (bytes > page_bytes || alignment > page_bytes)
            return detail::fail_as(Error::unsupported, EOPNOTSUPP);
        const std::size_t size = (bytes + granule - 1) & ~(granule - 1);
        const std::size_t step = alignment < granule ? granule : alignment;
        auto dma = space_.take(size, step, mask_, this, bytes);
        if (!dma) {
            if (auto more = add_page(); !more)
                return fail(more.error());
            dma = space_.take(size, step, mask_, this, bytes);
            if (!dma)
                return fail(dma.error());
        }
        return DmaRegion{cpu_of(*dma), *dma};
    }
    // Panics when the region was not allocated here with so many bytes, or is free already.
    void free(DmaRegion region, std::size_t bytes) noexcept {
        const auto* const taken = space_.find(region.dma);
        if (taken == nullptr || taken->first != region.dma || taken->bytes != bytes ||
            cpu_of(region.dma) != region.cpu)
            panic("ioview: HugepageDma::free: the region is not from here, or is free already");
        space_.drop(taken);
    }

    // What the device can address, as given.
    [[nodiscard]] DmaMask mask() const noexcept { return mask_; }
    // Regions that are not given back.
    [[nodiscard]] std::size_t outstanding() const noexcept { return space_.taken().size(); }

private:
    struct Page {
        std::byte* cpu;
        DmaAddress first;
    };

    HugepageDma(detail::DeviceFile pagemap, DmaMask mask) noexcept
        : pagemap_(std::move(pagemap)), mask_(mask) {}

    // The physical address of an address whose page is there (the kernel's
    // Documentation/admin-guide/mm/pagemap.rst).
    [[nodiscard]] Result<DmaAddress> physical_of(const void* cpu) const noexcept {
        const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        const auto address = reinterpret_cast<std::uintptr_t>(cpu);
        std::uint64_t entry = 0;
        const ssize_t count = detail::restarted([&] {
            return ::pread(pagemap_.number(),
                           &entry,
                           sizeof entry,
                           static_cast<::off_t>(address / page * sizeof entry));
        });
        if (count < 0)
            return fail(detail::linux_error(errno));
        if (count != sizeof entry || (entry >> 63) == 0)
            return detail::fail_as(Error::io_error, EIO);
        const std::uint64_t frame = entry & ((std::uint64_t{1} << 55) - 1);
        if (frame == 0)
            return detail::fail_as(Error::unsupported, EPERM);
        return frame * page + address % page;
    }
    // Of a huge page, all of which the device reaches.
    [[nodiscard]] Result<DmaAddress> reachable(const void* cpu) const noexcept {
        const auto physical = physical_of(cpu);
        if (physical && *physical % page_bytes != 0)
            return detail::fail_as(Error::io_error, EIO);
        if (physical && !mask_.contains(*physical, page_bytes))
            return detail::fail_as(Error::no_memory, ENOSPC);
        return physical;
    }
    // One page more. Shared, because of a private one a child's writes would make another page.
    [[nodiscard]] Result<> add_page() {
        const int flags = MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB | 21 << MAP_HUGE_SHIFT |
                          MAP_LOCKED | MAP_POPULATE;
        void* mapped = nullptr;
        do
            mapped = ::mmap(nullptr, page_bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
        while (mapped == MAP_FAILED && errno == EINTR);
        if (mapped == MAP_FAILED)
            return fail(detail::linux_error(errno));
        auto* const cpu = static_cast<std::byte*>(mapped);
        const auto physical = reachable(cpu);
        if (!physical) {
            const int before = errno;
            ::munmap(mapped, page_bytes);
            errno = before;
            return fail(physical.error());
        }
        pages_.push_back({cpu, *physical});
        space_.add(*physical, *physical + (page_bytes - 1));
        return {};
    }
    [[nodiscard]] void* cpu_of(DmaAddress dma) const noexcept {
        for (const Page& page : pages_) {
            if (dma >= page.first && dma - page.first < page_bytes)
                return page.cpu + (dma - page.first);
        }
        return nullptr;
    }

    detail::DeviceFile pagemap_;
    DmaMask mask_;
    detail::DmaSpace space_;
    std::vector<Page> pages_;
};

} // namespace ioview
