// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/vfio.hpp>
// Part of <ioview/linux/vfio.hpp>, which is the one to include.
#pragma once
// VfioRegionInfo: where a region of a function is in its file, and which parts of it may be mapped.
//
//   auto region = detail::VfioRegionInfo::of(file, VFIO_PCI_BAR0_REGION_INDEX);
//   auto end = region->mappable_from(0x1000);   // 0x1000 where that is a hole

#if !__STDC_HOSTED__
#error "ioview/linux/vfio_region.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <linux/vfio.h>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace ioview::detail {

// An object at an offset of what the kernel gave, if all of it is there.
template <class T>
[[nodiscard]] bool copy_out(const std::vector<std::byte>& bytes, std::size_t at, T& to) noexcept {
    if (at > bytes.size() || sizeof(T) > bytes.size() - at)
        return false;
    std::memcpy(&to, bytes.data() + at, sizeof(T));
    return true;
}

// A transfer of so many bytes: io_error for a part of them.
template <class Call>
[[nodiscard]] Result<> all_of(Call call, std::size_t bytes) noexcept {
    const auto count = restarted(call);
    if (count < 0)
        return fail(linux_error(errno));
    if (static_cast<std::size_t>(count) != bytes)
        return fail_as(Error::io_error, EIO);
    return {};
}

// What the kernel says to a request whose structure T may be followed by capabilities: all of it.
template <class T>
[[nodiscard]] Result<std::vector<std::byte>>
vfio_info(const DeviceFile& file, unsigned long request, T asked) {
    std::vector<std::byte> bytes(sizeof(T));
    for (int round = 0; round < 8; ++round) { // it may grow in between
        asked.argsz = static_cast<std::uint32_t>(bytes.size());
        std::memcpy(bytes.data(), &asked, sizeof(T));
        if (const auto done = file.control(request, bytes.data()); !done)
            return fail(done.error());
        T said{};
        std::memcpy(&said, bytes.data(), sizeof(T));
        if (said.argsz <= bytes.size())
            return bytes;
        bytes.assign(said.argsz, std::byte{});
    }
    return fail_as(Error::io_error, EIO);
}

// Where the capability with this number is in what vfio_info() gave, or 0. A chain that leads out
// of the bytes, or around, ends.
[[nodiscard]] inline std::size_t
vfio_capability(const std::vector<std::byte>& bytes, std::size_t first, std::uint16_t id) noexcept {
    ::vfio_info_cap_header header{};
    for (std::size_t at = first; at != 0 && copy_out(bytes, at, header); at = header.next) {
        if (header.id == id)
            return at;
        if (header.next <= at)
            return 0;
    }
    return 0;
}

struct VfioRegionInfo {
    struct Area {
        std::uint64_t start;
        std::uint64_t end; // the first byte behind it
    };
    std::uint64_t offset = 0; // in the file
    std::uint64_t size = 0;
    std::uint32_t flags = 0;
    std::vector<Area> areas; // that may be mapped, in order, none touches the next

    [[nodiscard]] static Result<VfioRegionInfo> of(const DeviceFile& device, std::uint32_t index) {
        ::vfio_region_info asked{};
        asked.index = index;
        const auto bytes = vfio_info(device, VFIO_DEVICE_GET_REGION_INFO, asked);
        if (!bytes)
            return fail(bytes.error());
        ::vfio_region_info said{};
        std::memcpy(&said, bytes->data(), sizeof said);
        VfioRegionInfo region{said.offset, said.size, said.flags, {}};
        if ((said.flags & VFIO_REGION_INFO_FLAG_MMAP) == 0 || said.size == 0)
            return region;
        std::size_t sparse = 0;
        if ((said.flags & VFIO_REGION_INFO_FLAG_CAPS) != 0)
            sparse = vfio_capability(*bytes, said.cap_offset, VFIO_REGION_INFO_CAP_SPARSE_MMAP);
        if (sparse == 0)
            region.areas.push_back({0, said.size});
        else if (!region.take_areas(*bytes, sparse))
            return fail_as(Error::io_error, EIO);
        return region;
    }

    // Offsets of files, as this program has them, reach all of it.
    [[nodiscard]] bool is_reached() const noexcept {
        const std::uint64_t most = std::numeric_limits<::off_t>::max();
        return offset <= most && size <= most - offset;
    }
    // The end of the part that can be mapped in one piece from a byte on; that byte where it is in
    // a hole.
    [[nodiscard]] std::uint64_t mappable_from(std::uint64_t start) const noexcept {
        for (const Area& area : areas) {
            if (area.start <= start && start < area.end)
                return area.end;
        }
        return start;
    }

private:
    // False when what the kernel said is cut off.
    [[nodiscard]] bool take_areas(const std::vector<std::byte>& bytes, std::size_t at) {
        std::uint32_t count = 0;
        if (!copy_out(bytes, at + offsetof(::vfio_region_info_cap_sparse_mmap, nr_areas), count))
            return false;
        at += sizeof(::vfio_region_info_cap_sparse_mmap);
        ::vfio_region_sparse_mmap_area said{};
        for (std::uint32_t i = 0; i < count; ++i, at += sizeof said) {
            if (!copy_out(bytes, at, said))
                return false;
            if (said.offset < size && said.size != 0)
                areas.push_back(
                    {said.offset,
                     said.offset + std::min<std::uint64_t>(said.size, size - said.offset)});
        }
        std::sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) {
            return a.start < b.start;
        });
        std::vector<Area> joined;
        for (const Area& area : areas) {
            if (!joined.empty() && area.start <= joined.back().end)
                joined.back().end = std::max(joined.back().end, area.end);
            else
                joined.push_back(area);
        }
        areas = std::move(joined);
        return true;
    }
};

} // namespace ioview::detail
