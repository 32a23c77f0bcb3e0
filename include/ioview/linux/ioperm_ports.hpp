// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// IopermPorts: x86 I/O ports that Linux lets the calling thread use by itself.
//
//   auto com1 = io::IopermPorts<Ns16550>::request(0x3f8, 8);
//   if (!com1) return io::fail(com1.error());              // errno says more
//   IO_WRITE(*com1, thr, 'A');
//
// Permission is the thread's: threads that it starts afterwards have it too, others have not, and
// an access of theirs is SIGSEGV. The owner ends in the thread that it was made in. The kernel does
// not count: of two owners of one port, the first to end takes it from both.

#if !__STDC_HOSTED__
#error "ioview/linux/ioperm_ports.hpp needs a hosted implementation"
#endif

#include <ioview/arch/select.hpp>
#include <ioview/backend/port_io.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/linux/device_file.hpp> // IWYU pragma: export
#include <ioview/region.hpp>

#include <cerrno>
#include <cstdint>
#include <utility>

#if IOVIEW_ARCH_X86
#include <sys/io.h>
#endif

namespace ioview {

// Ports as a T, given back when it ends. An access is the instruction alone through view(); through
// the owner it looks first whether it was moved from, which is a panic.
template <class T>
class IopermPorts : public Io<IopermPorts<T>, PortIoBackend, T> {
    static_assert(!detail::is_slice<T>,
                  "ioview: ports in a row are an array of known length; IopermPorts<T[N]>");

public:
    using Io<IopermPorts<T>, PortIoBackend, T>::as_view;
    using Io<IopermPorts<T>, PortIoBackend, T>::view;

    // count ports from the first. In this order: out_of_bounds (ERANGE) when T needs more, or they
    // run past port 0xffff, misaligned (EINVAL), then what ioperm() says: unsupported without
    // CAP_SYS_RAWIO or under lockdown (EPERM), where the CPU has no ports, or the kernel no such
    // call (ENOSYS).
    [[nodiscard]] static Result<IopermPorts> request(std::uint16_t first,
                                                     std::uint32_t count) noexcept {
        if (count < min_size_of<T> || count == 0 || count > 0x1'0000u - first)
            return detail::fail_as(Error::out_of_bounds, ERANGE);
        if (!detail::is_aligned(first, min_align_of<T>))
            return detail::fail_as(Error::misaligned, EINVAL);
#if IOVIEW_ARCH_X86
        if (detail::restarted([&] { return ::ioperm(first, count, 1); }) != 0)
            return fail(detail::linux_error(errno));
        if constexpr (RegionTarget<T>)
            return IopermPorts{*PortIo<T>::from_port(first, count), count};
        else
            return IopermPorts{PortIo<T>::from_port(first), count};
#else
        return detail::fail_as(Error::unsupported, ENOSYS);
#endif
    }

    IopermPorts(IopermPorts&& other) noexcept
        : ports_(other.ports_), count_(std::exchange(other.count_, 0)) {}
    IopermPorts& operator=(IopermPorts&& other) noexcept {
        IopermPorts taken{std::move(other)};
        std::swap(ports_, taken.ports_);
        std::swap(count_, taken.count_);
        return *this;
    }
    ~IopermPorts() {
#if IOVIEW_ARCH_X86
        if (count_ == 0)
            return;
        const int before = errno;
        ::ioperm(ports_.address(), count_, 0);
        errno = before;
#endif
    }

    [[nodiscard]] IOVIEW_INLINE PortIo<T> as_view() const& noexcept {
        if (count_ == 0)
            panic("ioview: an owner of ports is used after it was moved from");
        return ports_;
    }
    [[nodiscard]] PortIo<T> view() const& noexcept { return as_view(); }

private:
    IopermPorts(PortIo<T> ports, std::uint32_t count) noexcept : ports_(ports), count_(count) {}

    PortIo<T> ports_;
    std::uint32_t count_; // 0: moved from
};

} // namespace ioview
