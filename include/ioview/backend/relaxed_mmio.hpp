// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RelaxedMmio<T>: memory-mapped device registers without barriers. Accesses of one CPU to one
// device stay in program order; nothing else is ordered (Linux *_relaxed class) but what
// io::publish() and its like order by themselves.
//
//   auto fast = uart.relaxed();
//   while (IO_READ(fast, fr) & 0x20u) {}

#include <ioview/arch/select.hpp>
#include <ioview/barrier.hpp>
#include <ioview/config.hpp>
#include <ioview/endian.hpp>
#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>

#include <bit>
#include <concepts>

namespace ioview {

namespace detail {

// Widths that the CPU has one access for: 8, 16 and 32 bits, 64 on 64-bit targets.
template <class W>
concept MmioWord = std::unsigned_integral<W> && sizeof(W) <= arch::widest_access;

// A little-endian device's word as a number, and back.
template <class W>
IOVIEW_INLINE constexpr W from_little(W word) noexcept {
    if constexpr (std::endian::native == std::endian::big && sizeof(W) > 1)
        return byteswap(word);
    else
        return word;
}

} // namespace detail

struct RelaxedMmioBackend {
    template <class T>
    using View = RelaxedMmio<T>;
    using Space = detail::CpuAddresses;
    static constexpr std::endian order = std::endian::little;

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(RelaxedMmio<T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr RelaxedMmio<U> project_view(RelaxedMmio<T>,
                                                               IoPtr<U> ptr) noexcept {
        return RelaxedMmio<U>{ptr};
    }

    template <class W>
        requires detail::MmioWord<W>
    IOVIEW_INLINE static W io_read(RelaxedMmio<W> view) noexcept {
        arch::before_relaxed();
        return detail::from_little(arch::load<W>(view.ptr_.address));
    }
    template <class W>
        requires detail::MmioWord<W>
    IOVIEW_INLINE static void io_write(RelaxedMmio<W> view, W word) noexcept {
        arch::before_relaxed();
        arch::store<W>(view.ptr_.address, detail::from_little(word));
    }

    // Of a hand-over by a register, or as asked for.
    template <class T>
    IOVIEW_INLINE static constexpr void io_fence(RelaxedMmio<T>, Fence kind) noexcept {
        detail::device_barrier(kind);
    }
};

template <class T>
class RelaxedMmio : public Io<RelaxedMmio<T>, RelaxedMmioBackend, T> {
public:
    [[nodiscard]] IOVIEW_INLINE constexpr RelaxedMmio as_view() const noexcept { return *this; }

    friend constexpr bool operator==(RelaxedMmio a, RelaxedMmio b) noexcept {
        return a.ptr_ == b.ptr_;
    }

private:
    friend RelaxedMmioBackend;
    template <class>
    friend class Mmio;
    IOVIEW_INLINE constexpr explicit RelaxedMmio(IoPtr<T> ptr) noexcept : ptr_(ptr) {}

    IoPtr<T> ptr_;
};

} // namespace ioview
