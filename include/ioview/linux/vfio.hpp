// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// VfioDevice: a PCI function that belongs to this process, through Linux' VFIO: its BARs as owners
// that are views, its configuration space, its reset.
//
//   auto device = io::VfioDevice::open({.bus = 0, .device = 3});   // bound to vfio-pci
//   if (!device) return io::fail(device.error());                  // errno says more
//   auto regs = device->bar<Regs>(0);
//   auto config = io::ConfigSpace<io::VfioDevice, io::pci::Normal>::of(*device);
//
// Memory that it reaches is VfioDma's (linux/vfio_dma.hpp), interrupts are VfioInterrupts'
// (linux/vfio_interrupts.hpp). docs/linux_vfio.md has what to set up, and errno of each error.

#if !__STDC_HOSTED__
#error "ioview/linux/vfio.hpp needs a hosted implementation"
#endif

#include <ioview/backend/bus.hpp>
#include <ioview/backend/mmio.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/endian.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/linux/device_file.hpp>
#include <ioview/linux/mapped_view.hpp>
#include <ioview/linux/vfio_group.hpp>  // IWYU pragma: export
#include <ioview/linux/vfio_region.hpp> // IWYU pragma: export
#include <ioview/pci/address.hpp>
#include <ioview/region.hpp>
#include <ioview/span.hpp>

#include <bit>
#include <cerrno>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <linux/vfio.h>
#include <string>
#include <unistd.h>
#include <utility>

namespace ioview {

class VfioDevice;

// The memory of a BAR, from a byte of it on, as a T: an object or array there, a slice of all the
// elements that fit, a region of all of it; up to the next byte that may not be mapped. Accesses
// through the owner look first whether it was moved from, which is a panic; those through view()
// are the instruction alone. The function stays this process' until it has ended, too.
template <class T>
class VfioBar : public Io<VfioBar<T>, MmioBackend, T> {
public:
    using Io<VfioBar<T>, MmioBackend, T>::as_view;
    using Io<VfioBar<T>, MmioBackend, T>::view;

    VfioBar( // ioview: the mapping of a VfioBar has one owner; std::move it, or pass .view()
        const VfioBar&) = delete;
    VfioBar(VfioBar&&) noexcept = default;
    VfioBar& operator=(VfioBar&&) noexcept = default;
    ~VfioBar() = default;

    // The whole mapping; valid while it has an owner.
    [[nodiscard]] IOVIEW_INLINE Mmio<T> as_view() const& noexcept { return mapped_.view(); }
    [[nodiscard]] Mmio<T> view() const& noexcept { return as_view(); }

private:
    friend VfioDevice;
    explicit VfioBar(detail::MappedView<T, MmioBackend> mapped) noexcept
        : mapped_(std::move(mapped)) {}

    detail::MappedView<T, MmioBackend> mapped_;
};

// A region by calls of the kernel, an access each: for a BAR of ports, and for what may not be
// mapped. A RegisterBus, whose numbers are offsets in bytes.
//
//   auto region = device->region(2);
//   auto regs = io::on_bus<io::Region<0x40>, io::vfio_format>(*region);
class VfioRegion {
public:
    // Bytes that the kernel says the region has.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    // out_of_bounds (ERANGE) past its end; io_error for a part of it, or what the kernel says.
    [[nodiscard]] Result<> read(Span<const std::byte> address, Span<std::byte> to) const noexcept {
        const std::uint64_t at = number_of(address);
        if (at > size_ || to.size() > size_ - at)
            return detail::fail_as(Error::out_of_bounds, ERANGE);
        return detail::all_of(
            [&] { return ::pread(file_.number(), to.data(), to.size(), where(at)); }, to.size());
    }
    [[nodiscard]] Result<> write(Span<const std::byte> address,
                                 Span<const std::byte> from) const noexcept {
        const std::uint64_t at = number_of(address);
        if (at > size_ || from.size() > size_ - at)
            return detail::fail_as(Error::out_of_bounds, ERANGE);
        return detail::all_of(
            [&] { return ::pwrite(file_.number(), from.data(), from.size(), where(at)); },
            from.size());
    }

private:
    friend VfioDevice;
    VfioRegion(detail::DeviceFile file, std::uint64_t offset, std::uint64_t size) noexcept
        : file_(std::move(file)), offset_(offset), size_(size) {}

    [[nodiscard]] static std::uint64_t number_of(Span<const std::byte> address) noexcept {
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < address.size(); ++i)
            number = number << 8 | std::to_integer<std::uint64_t>(address.data()[i]);
        return number;
    }
    [[nodiscard]] ::off_t where(std::uint64_t at) const noexcept {
        return static_cast<::off_t>(offset_ + at);
    }

    detail::DeviceFile file_;
    std::uint64_t offset_;
    std::uint64_t size_;
};

// Of a VfioRegion: offsets in bytes, and data as PCI has it.
inline constexpr BusFormat vfio_format{
    .address_bits = 32, .order = std::endian::little, .counts_bytes = true};

// Owns the function: nobody else can have it, and it is reset and stops mastering the bus when this
// and what was made of it has ended, however the process ends. Models ConfigFunction.
class VfioDevice {
public:
    static constexpr bool ordered = true; // accesses to its configuration, by the kernel's own

    // The function at address, which is bound to vfio-pci, as are its neighbours in its IOMMU group
    // or they have no driver. In this order: no_device when there is none, busy (EBUSY) when a
    // driver of the kernel has it, unsupported (ENODEV) when it has no IOMMU; then what opening the
    // nodes says: no_device for want of vfio-pci, unsupported without permission, busy when another
    // process has it; busy when a neighbour is with a driver of the kernel; no_device when it is no
    // PCI function; out_of_bounds (EOVERFLOW) in a program of 32 bits without _FILE_OFFSET_BITS=64,
    // whose offsets do not reach it. Nothing stays open after an error.
    [[nodiscard]] static Result<VfioDevice>
    open(const pci::Address& address, VfioWay way = VfioWay::any, const VfioPaths& paths = {}) {
        char name[24];
        std::snprintf(name,
                      sizeof name,
                      "%04x:%02x:%02x.%x",
                      address.segment,
                      unsigned{address.bus},
                      unsigned{address.device},
                      unsigned{address.function});
        auto files = detail::VfioFiles::open(name, paths, way);
        if (!files)
            return fail(files.error());
        ::vfio_device_info info{};
        info.argsz = sizeof info;
        if (const auto asked = files->device.control(VFIO_DEVICE_GET_INFO, &info); !asked)
            return fail(asked.error());
        if ((info.flags & VFIO_DEVICE_FLAGS_PCI) == 0)
            return detail::fail_as(Error::no_device, ENODEV);
        const auto config = detail::VfioRegionInfo::of(files->device, VFIO_PCI_CONFIG_REGION_INDEX);
        if (!config)
            return fail(config.error());
        if (!config->is_reached())
            return detail::fail_as(Error::out_of_bounds, EOVERFLOW);
        return VfioDevice{std::move(*files), info.flags, config->offset, config->size};
    }

    // A BAR from its byte `from` on. invalid_argument (EINVAL) for a number that is none, no_memory
    // (ENXIO) for one that is not there, out_of_bounds (ERANGE) where the BAR ends before T does,
    // unsupported (EOPNOTSUPP) where T lies in a part that may not be mapped, ports for one (see
    // region()), what mmap() says, and misaligned (EINVAL) when it is no T.
    template <class T>
    [[nodiscard]] Result<VfioBar<T>> bar(unsigned number, std::uint64_t from = 0) const {
        const auto region = bar_info(number);
        if (!region)
            return fail(region.error());
        constexpr std::uint64_t least = min_size_of<T> == 0 ? 1 : min_size_of<T>;
        if (from > region->size || least > region->size - from)
            return detail::fail_as(Error::out_of_bounds, ERANGE);
        const std::uint64_t end = region->mappable_from(from);
        if (end - from < least)
            return detail::fail_as(Error::unsupported, EOPNOTSUPP);
        const bool written = (region->flags & VFIO_REGION_INFO_FLAG_WRITE) != 0;
        auto pages = detail::MappedPages::of(files_.device.number(),
                                             region->offset + from,
                                             end - from,
                                             written ? detail::MappedPages::to_write
                                                     : detail::MappedPages::to_read);
        if (!pages)
            return fail(pages.error());
        auto mapped = detail::MappedView<T, MmioBackend>::of(std::move(*pages));
        if (!mapped)
            return fail(mapped.error());
        return VfioBar<T>{std::move(*mapped)};
    }
    // The same by calls of the kernel, ports included. no_memory (ENXIO) for one that is not there.
    [[nodiscard]] Result<VfioRegion> region(unsigned number) const {
        const auto info = bar_info(number);
        if (!info)
            return fail(info.error());
        if (!info->is_reached())
            return detail::fail_as(Error::out_of_bounds, EOVERFLOW);
        auto file = files_.device.duplicate();
        if (!file)
            return fail(file.error());
        return VfioRegion{std::move(*file), info->offset, info->size};
    }

    // Of configuration space: 4096 of PCI Express, else 256.
    [[nodiscard]] std::size_t size() const noexcept { return config_size_; }
    // One access of 8, 16 or 32 bits. Some registers are the kernel's: what is written to them
    // changes nothing, or what the kernel makes of it.
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] Result<W> read(std::uint16_t offset) const noexcept {
        if (auto fault = fault_at(offset, sizeof(W)); detail::failed(fault))
            return detail::fail_as(fault, EINVAL);
        W stored = 0;
        return detail::all_of(
                   [&] { return ::pread(config_file(), &stored, sizeof(W), where(offset)); },
                   sizeof(W))
            .transform([&] { return le<W>::from_stored(stored).value(); });
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] Result<> write(std::uint16_t offset, W value) const noexcept {
        if (auto fault = fault_at(offset, sizeof(W)); detail::failed(fault))
            return detail::fail_as(fault, EINVAL);
        const auto stored = le<W>(value).stored();
        return detail::all_of(
            [&] { return ::pwrite(config_file(), &stored, sizeof(W), where(offset)); }, sizeof(W));
    }
    // Whether it may access memory and send interrupts as messages: one bit of the command register
    // (PCI 3.0, 6.2.2), read and written.
    [[nodiscard]] Result<> set_bus_master(bool on) const noexcept {
        const auto command = read<std::uint16_t>(0x04);
        if (!command)
            return fail(command.error());
        return write<std::uint16_t>(
            0x04, static_cast<std::uint16_t>(on ? *command | 4u : *command & ~4u));
    }

    // unsupported (ENOTTY) when it cannot be reset alone.
    [[nodiscard]] Result<> reset() const noexcept {
        if ((flags_ & VFIO_DEVICE_FLAGS_RESET) == 0)
            return detail::fail_as(Error::unsupported, ENOTTY);
        return files_.device.control(VFIO_DEVICE_RESET, 0);
    }

    // The function's file, and that which takes requests about DMA. They stay this object's.
    [[nodiscard]] int native_handle() const noexcept { return files_.device.number(); }
    [[nodiscard]] int container_handle() const noexcept { return files_.container.number(); }

private:
    friend class VfioDma;
    friend class VfioInterrupts;

    VfioDevice(detail::VfioFiles files,
               std::uint32_t flags,
               std::uint64_t config_offset,
               std::uint64_t config_size) noexcept
        : files_(std::move(files)),
          flags_(flags),
          config_offset_(config_offset),
          config_size_(config_size < 4'096 ? 256 : 4'096) {}

    [[nodiscard]] Result<detail::VfioRegionInfo> bar_info(unsigned number) const {
        if (number > 5)
            return detail::fail_as(Error::invalid_argument, EINVAL);
        auto region =
            detail::VfioRegionInfo::of(files_.device, VFIO_PCI_BAR0_REGION_INDEX + number);
        if (region && region->size == 0)
            return detail::fail_as(Error::no_memory, ENXIO);
        return region;
    }
    [[nodiscard]] Error fault_at(std::uint16_t offset, std::size_t bytes) const noexcept {
        if (!detail::fits(offset, bytes, config_size_))
            return Error::out_of_bounds;
        return offset % bytes == 0 ? Error{} : Error::misaligned;
    }
    [[nodiscard]] int config_file() const noexcept { return files_.device.number(); }
    [[nodiscard]] ::off_t where(std::uint16_t offset) const noexcept {
        return static_cast<::off_t>(config_offset_ + offset);
    }

    detail::VfioFiles files_;
    std::uint32_t flags_;
    std::uint64_t config_offset_;
    std::size_t config_size_;
};

} // namespace ioview
