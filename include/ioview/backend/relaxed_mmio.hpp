// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RelaxedMmio<T>: memory-mapped device registers without barriers. Accesses of one CPU to one
// device stay in program order; nothing else is ordered (Linux *_relaxed class) but what
// io::publish() and its like order by themselves.
//
//   auto fast = uart.relaxed();
//   while (IO_READ(fast, fr) & 0x20u) {}

#include <ioview/arch/select.hpp>
#include <ioview/backend/device_word.hpp>
#include <ioview/barrier.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>

namespace ioview {

// The tag of RelaxedMmio: the accesses of Mmio without their barriers.
struct RelaxedMmioBackend : detail::by_address::Backend<RelaxedMmio> {
    using Space = detail::CpuAddresses;

    template <class W>
        requires detail::DeviceWord<W>
    IOVIEW_INLINE static W io_read(RelaxedMmio<W> view) noexcept {
        arch::before_relaxed();
        return detail::from_little(arch::load<W>(as_ptr(view).address));
    }
    template <class W>
        requires detail::DeviceWord<W>
    IOVIEW_INLINE static void io_write(RelaxedMmio<W> view, W word) noexcept {
        arch::before_relaxed();
        arch::store<W>(as_ptr(view).address, detail::from_little(word));
    }

    // Of a hand-over by a register, or as asked for.
    template <class T>
    IOVIEW_INLINE static constexpr void io_fence(RelaxedMmio<T>, Fence kind) noexcept {
        detail::device_barrier(kind);
    }
};

template <class T>
class RelaxedMmio : public detail::by_address::View<RelaxedMmio, RelaxedMmioBackend, T> {
private:
    friend detail::by_address::Backend<RelaxedMmio>;
    template <class>
    friend class Mmio;
    IOVIEW_INLINE constexpr explicit RelaxedMmio(IoPtr<T> ptr) noexcept
        : detail::by_address::View<RelaxedMmio, RelaxedMmioBackend, T>(ptr) {}
};

} // namespace ioview
