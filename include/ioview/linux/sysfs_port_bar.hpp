// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SysfsPortBar: the I/O ports of one base address register of a PCI function, through Linux' sysfs.
//
//   auto regs = io::pci::SysfsPortBar<Regs>::open({.bus = 0, .device = 3}, 2);
//   if (!regs) return io::fail(regs.error());              // errno says more
//   auto status = regs->try_read16(0x12);
//
// The kernel makes the access, one call each, and needs no permission for ports: it is slower than
// linux/ioperm_ports.hpp, and there on every CPU that has ports or shows them as memory.

#if !__STDC_HOSTED__
#error "ioview/linux/sysfs_port_bar.hpp needs a hosted implementation"
#endif

#include <ioview/concepts.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/linux/sysfs_config.hpp>
#include <ioview/linux/sysfs_resource_file.hpp> // IWYU pragma: export
#include <ioview/pci/address.hpp>
#include <ioview/region.hpp>

#include <bit>
#include <cerrno>
#include <concepts>
#include <cstddef>
#include <string>
#include <unistd.h>
#include <utility>

namespace ioview::pci {

template <class T>
class SysfsPortView;

// 8, 16 and 32 bits. A plain read gives all ones where the kernel fails, a plain write drops that;
// the try_ forms report it: no_device when the function has gone.
struct SysfsPortBackend {
    template <class T>
    using View = SysfsPortView<T>;
    static constexpr std::endian order = std::endian::little;
    static constexpr bool ordered = true; // by the kernel's own access

    template <class T>
    static constexpr IoPtr<T> as_ptr(SysfsPortView<T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    static constexpr SysfsPortView<U> project_view(SysfsPortView<T> view, IoPtr<U> ptr) noexcept {
        return SysfsPortView<U>{view.file_, ptr};
    }

    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] static Result<W> try_io_read(SysfsPortView<W> view) noexcept {
        W word = 0; // as the kernel's inb(), inw() and inl() give it
        const ssize_t count = ioview::detail::restarted(
            [&] { return ::pread(view.file_, &word, sizeof(W), offset_of(view)); });
        if (auto done = transferred(count, sizeof(W)); !done)
            return fail(done.error());
        return word;
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] static Result<> try_io_write(SysfsPortView<W> view, W word) noexcept {
        const ssize_t count = ioview::detail::restarted(
            [&] { return ::pwrite(view.file_, &word, sizeof(W), offset_of(view)); });
        return transferred(count, sizeof(W));
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    static W io_read(SysfsPortView<W> view) noexcept {
        return try_io_read<W>(view).value_or(static_cast<W>(~W{0}));
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    static void io_write(SysfsPortView<W> view, W word) noexcept {
        static_cast<void>(try_io_write<W>(view, word));
    }

private:
    template <class W>
    static ::off_t offset_of(SysfsPortView<W> view) noexcept {
        return static_cast<::off_t>(view.ptr_.address);
    }
    [[nodiscard]] static Result<> transferred(ssize_t count, std::size_t wanted) noexcept {
        if (count < 0)
            return fail(ioview::detail::linux_error(errno));
        if (static_cast<std::size_t>(count) != wanted)
            return ioview::detail::fail_as(Error::io_error, EIO);
        return {};
    }
};

// Holds the number of the open file; addresses are offsets into the BAR.
template <class T>
class SysfsPortView : public Io<SysfsPortView<T>, SysfsPortBackend, T> {
public:
    [[nodiscard]] constexpr SysfsPortView as_view() const noexcept { return *this; }

    friend constexpr bool operator==(SysfsPortView a, SysfsPortView b) noexcept {
        return a.file_ == b.file_ && a.ptr_ == b.ptr_;
    }

private:
    friend SysfsPortBackend;
    template <class>
    friend class SysfsPortBar;
    constexpr SysfsPortView(int file, IoPtr<T> ptr) noexcept : file_(file), ptr_(ptr) {}

    int file_;
    IoPtr<T> ptr_;
};

// The ports of a BAR as a T. Owns the open file; a panic when it is used after it was moved from.
template <class T>
class SysfsPortBar : public Io<SysfsPortBar<T>, SysfsPortBackend, T> {
public:
    using Io<SysfsPortBar<T>, SysfsPortBackend, T>::as_view;
    using Io<SysfsPortBar<T>, SysfsPortBackend, T>::view;

    // BAR number of the function at address; devices: where the directories of all functions are.
    // Errors as SysfsBar::map, but that unsupported is for a BAR of memory.
    [[nodiscard]] static Result<SysfsPortBar> open(const Address& address,
                                                   unsigned number,
                                                   SysfsShare share = {},
                                                   const std::string& devices = sysfs_devices) {
        return open(devices + '/' + to_string(address), number, share);
    }
    // The function of a directory that holds `resource` and its files.
    [[nodiscard]] static Result<SysfsPortBar>
    open(const std::string& directory, unsigned number, SysfsShare share = {}) {
        auto file = detail::SysfsResourceFile::open(
            directory, number, detail::SysfsResourceFile::Kind::ports, share);
        if (!file)
            return fail(file.error());
        if (file->size() < min_size_of<T>)
            return ioview::detail::fail_as(Error::out_of_bounds, ERANGE);
        return SysfsPortBar{std::move(*file)};
    }

    [[nodiscard]] SysfsPortView<T> as_view() const& noexcept {
        if (file_.number() < 0)
            panic("ioview: an owner of ports is used after it was moved from");
        return {file_.number(),
                {0, ioview::detail::extent_for<T>(static_cast<std::size_t>(file_.size()))}};
    }
    [[nodiscard]] SysfsPortView<T> view() const& noexcept { return as_view(); }

    // The file descriptor, which stays this object's.
    [[nodiscard]] int native_handle() const noexcept { return file_.number(); }

private:
    explicit SysfsPortBar(detail::SysfsResourceFile file) noexcept : file_(std::move(file)) {}

    detail::SysfsResourceFile file_;
};

} // namespace ioview::pci
