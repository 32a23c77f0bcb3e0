// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// PortIo<T>: x86 I/O ports. Addresses are port numbers; every access is fully ordered. On other
// instruction sets the type exists and has no accesses.
//
//   auto com1 = io::PortIo<Ns16550>::from_port(0x3f8);
//   IO_WRITE(com1, thr, 'A');

#include <ioview/arch/select.hpp>
#include <ioview/backend/device_word.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview {

namespace detail {
template <class W>
concept PortWord = std::unsigned_integral<W> && sizeof(W) <= 4;
} // namespace detail

// The tag of PortIo: in and out, of 8, 16 and 32 bits. On other CPUs than x86 it has no accesses.
struct PortIoBackend : detail::by_address::Backend<PortIo> {
    static constexpr bool ordered = true;

#if IOVIEW_ARCH_X86
    template <class W>
        requires detail::PortWord<W>
    IOVIEW_INLINE static W io_read(PortIo<W> view) noexcept {
        return arch::port_in<W>(static_cast<std::uint16_t>(as_ptr(view).address));
    }
    template <class W>
        requires detail::PortWord<W>
    IOVIEW_INLINE static void io_write(PortIo<W> view, W word) noexcept {
        arch::port_out<W>(static_cast<std::uint16_t>(as_ptr(view).address), word);
    }
#endif
};

template <class T>
class PortIo : public detail::by_address::View<PortIo, PortIoBackend, T> {
public:
    // An object or array at port, or a region of just its minimum size. Panics when it would run
    // past port 0xffff or the port is misaligned for it: ports wrap around silently.
    [[nodiscard]] static constexpr PortIo from_port(std::uint16_t port) noexcept
        requires(!detail::is_slice<T>)
    {
        IoPtr<T> ptr{port, {}};
        if constexpr (RegionTarget<T>)
            ptr.extent.size = min_size_of<T>;
        if (!checked(ptr))
            panic("ioview: PortIo::from_port: past port 0xffff, or misaligned");
        return PortIo{ptr};
    }

    // A region of size ports: out_of_bounds or misaligned.
    [[nodiscard]] static constexpr Result<PortIo> from_port(std::uint16_t port,
                                                            std::size_t size) noexcept
        requires RegionTarget<T>
    {
        if (size < min_size_of<T>)
            return fail(Error::out_of_bounds);
        return checked({port, {size}});
    }

    template <int = 0>
        requires(detail::is_slice<T>)
    static PortIo from_port(std::uint16_t)
        IOVIEW_REFUSED("ioview: ports in a row are an array of known length; PortIo<T[N]>");

private:
    friend detail::by_address::Backend<PortIo>;
    IOVIEW_INLINE constexpr explicit PortIo(IoPtr<T> ptr) noexcept
        : detail::by_address::View<PortIo, PortIoBackend, T>(ptr) {}

    [[nodiscard]] static constexpr Result<PortIo> checked(IoPtr<T> ptr) noexcept {
        if (!detail::fits(ptr.address, ptr.size_bytes(), 0x1'0000))
            return fail(Error::out_of_bounds);
        if (!detail::is_aligned(ptr.address, min_align_of<T>))
            return fail(Error::misaligned);
        return PortIo{ptr};
    }
};

} // namespace ioview
