// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// DevMem: registers at a physical address, through Linux' /dev/mem. The last resort: where a kernel
// driver, sysfs, UIO or VFIO shows the device, they know how large it is and whose.
//
//   auto timer = io::DevMem<Timer>::map(0x4002'0000);          // read only: a view of const Timer
//   auto gpio = io::DevMem<Gpio, io::DevMemWrites>::map(0x4004'0000);
//
// The mapping is uncached. Kernels with CONFIG_STRICT_DEVMEM refuse memory and what a driver has,
// under lockdown all: unsupported (EPERM).

#if !__STDC_HOSTED__
#error "ioview/linux/dev_mem.hpp needs a hosted implementation"
#endif

#include <ioview/backend/mmio.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/linux/mapped_view.hpp>
#include <ioview/region.hpp>

#include <cerrno>
#include <concepts>
#include <cstdint>
#include <fcntl.h>
#include <type_traits>
#include <utility>

namespace ioview {

// What a DevMem is for, as its second argument. Whoever writes says so in the type.
struct DevMemReads {};
struct DevMemWrites {};

namespace detail {
template <class T, class Use>
using DevMemTarget = std::conditional_t<std::same_as<Use, DevMemWrites>, T, const T>;
} // namespace detail

// The bytes at an address as a T, const unless it says DevMemWrites. Unmapped when it ends.
template <class T, class Use = DevMemReads>
class DevMem : public Io<DevMem<T, Use>, MmioBackend, detail::DevMemTarget<T, Use>> {
    using Seen = detail::DevMemTarget<T, Use>;
    static constexpr bool writes = std::same_as<Use, DevMemWrites>;
    static_assert(writes || std::same_as<Use, DevMemReads>,
                  "ioview: a DevMem is for DevMemReads or for DevMemWrites");

public:
    using Io<DevMem, MmioBackend, Seen>::as_view;
    using Io<DevMem, MmioBackend, Seen>::view;

    // size bytes at a physical address. In this order: invalid_argument (EINVAL) for 0 bytes or
    // past the greatest address, out_of_bounds (ERANGE) when T needs more, what open() says:
    // no_device without a /dev/mem (ENOENT), unsupported without permission (EACCES, EPERM), what
    // mmap() says, and misaligned (EINVAL) when it is no T. path: for another file.
    [[nodiscard]] static Result<DevMem>
    map(std::uint64_t address, std::uint64_t size, const char* path = "/dev/mem") noexcept {
        if (size == 0 || address > ~std::uint64_t{0} - (size - 1))
            return detail::fail_as(Error::invalid_argument, EINVAL);
        if (size < min_size_of<T>)
            return detail::fail_as(Error::out_of_bounds, ERANGE);
        const auto file =
            detail::DeviceFile::open(path, (writes ? O_RDWR : O_RDONLY) | O_SYNC); // uncached
        if (!file)
            return fail(file.error());
        auto pages = detail::MappedPages::of(file->number(),
                                             address,
                                             size,
                                             writes ? detail::MappedPages::to_write
                                                    : detail::MappedPages::to_read);
        if (!pages)
            return fail(pages.error());
        auto mapped = detail::MappedView<Seen, MmioBackend>::of(std::move(*pages));
        if (!mapped)
            return fail(mapped.error());
        return DevMem{std::move(*mapped)};
    }
    // As many bytes as every T has.
    [[nodiscard]] static Result<DevMem> map(std::uint64_t address) noexcept
        requires(min_size_of<T> != 0)
    {
        return map(address, min_size_of<T>);
    }

    // The whole mapping; valid while it has an owner. A panic of one that was moved from.
    [[nodiscard]] IOVIEW_INLINE Mmio<Seen> as_view() const& noexcept { return mapped_.view(); }
    [[nodiscard]] Mmio<Seen> view() const& noexcept { return as_view(); }

private:
    explicit DevMem(detail::MappedView<Seen, MmioBackend> mapped) noexcept
        : mapped_(std::move(mapped)) {}

    detail::MappedView<Seen, MmioBackend> mapped_;
};

} // namespace ioview
