// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SysfsBar: the memory of one base address register of a PCI function, mapped through Linux' sysfs.
//
//   auto regs = io::pci::SysfsBar<Regs>::map({.bus = 0, .device = 3}, 0);
//   if (!regs) return io::fail(regs.error());              // errno says more
//   regs->write32(0x10, 1);
//
//   using Frame = io::pci::SysfsBar<std::uint32_t[], io::WriteCombiningBackend>;   // resourceN_wc
//
// The function has to decode memory, which nobody sees to where no driver is bound
// (linux/sysfs_enable.hpp): until then every read gives all ones. One that is pulled out gives
// all ones too, or raises SIGBUS: linux/removable.hpp.

#if !__STDC_HOSTED__
#error "ioview/linux/sysfs_bar.hpp needs a hosted implementation"
#endif

#include <ioview/backend/mmio.hpp>
#include <ioview/backend/write_combining.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/linux/mapped_view.hpp>
#include <ioview/linux/sysfs_config.hpp>
#include <ioview/linux/sysfs_resource_file.hpp> // IWYU pragma: export
#include <ioview/pci/address.hpp>

#include <concepts>
#include <string>
#include <utility>

namespace ioview::pci {

// The memory of a BAR as a T: an object or array at its start, a slice of all the elements that
// fit, a region of all of it. Mapped uncached, or write-combining where the backend says so.
// Accesses through the owner look first whether it was moved from, which is a panic; those through
// view() are the instruction alone. A child of fork() has the mapping too, and its end leaves this
// process' alone.
template <class T, class B = MmioBackend>
class SysfsBar : public Io<SysfsBar<T, B>, B, T> {
    static constexpr bool gathers = std::same_as<B, WriteCombiningBackend>;
    static_assert(gathers || std::same_as<B, MmioBackend>,
                  "ioview: a BAR is mapped as MmioBackend or as WriteCombiningBackend");

public:
    using Io<SysfsBar<T, B>, B, T>::as_view;
    using Io<SysfsBar<T, B>, B, T>::view;

    // BAR number of the function at address; devices: where the directories of all functions are.
    // In this order: invalid_argument for a number that is none, no_device, no_memory for one
    // without length or address, unsupported for one of ports (SysfsPortBar takes it), busy where
    // a driver is bound or another owner has it, unsupported without permission, under lockdown or
    // where there is no write-combining variant, out_of_bounds for a file that is shorter than the
    // BAR, what mmap() says, and out_of_bounds or misaligned when it is no T. Nothing stays open or
    // mapped after an error. docs/linux.md has errno of each.
    [[nodiscard]] static Result<SysfsBar> map(const Address& address,
                                              unsigned number,
                                              SysfsShare share = {},
                                              const std::string& devices = sysfs_devices) {
        return map(devices + '/' + to_string(address), number, share);
    }
    // The function of a directory that holds `resource` and its files.
    [[nodiscard]] static Result<SysfsBar>
    map(const std::string& directory, unsigned number, SysfsShare share = {}) {
        auto file = detail::SysfsResourceFile::open(
            directory, number, detail::SysfsResourceFile::Kind::memory, share);
        if (!file)
            return fail(file.error());
        auto mapped = gathers ? file->map_write_combining() : file->map();
        if (!mapped)
            return fail(mapped.error());
        auto typed = ioview::detail::MappedView<T, B>::of(std::move(*mapped));
        if (!typed)
            return fail(typed.error());
        return SysfsBar{std::move(*file), std::move(*typed)};
    }

    // The whole mapping; valid while it has an owner.
    [[nodiscard]] IOVIEW_INLINE typename B::template View<T> as_view() const& noexcept {
        return mapped_.view();
    }
    [[nodiscard]] typename B::template View<T> view() const& noexcept { return as_view(); }

private:
    SysfsBar(detail::SysfsResourceFile file, ioview::detail::MappedView<T, B> mapped) noexcept
        : file_(std::move(file)), mapped_(std::move(mapped)) {}

    detail::SysfsResourceFile file_; // held for its lock
    ioview::detail::MappedView<T, B> mapped_;
};

} // namespace ioview::pci
