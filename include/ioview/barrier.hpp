// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Barriers by their field names. A C++ fence is no substitute: it is inner shareable on AArch64
// and leaves device accesses alone on RISC-V (Linux memory-barriers.txt; Armv8-A B2.3; RISC-V
// unprivileged 2.7). io::publish() and io::observe() place them for queues; with a view, as in
// io::dma_wmb(ring), doubles log them (dma/handover.hpp). In constant expressions, where nobody
// else looks, they do nothing. Instructions: docs/ordering.md.
//
//   descriptor.copy_write(d);
//   io::dma_wmb();              // descriptor before index, as the device sees it
//   IO_WRITE(ring, head, next);
//
// Behind a header that defines their names as macros: (io::dma_wmb)().

#include <ioview/arch/select.hpp>
#include <ioview/config.hpp>

#include <cstdint>

namespace ioview {

// The barriers below, by number: what a backend's io_fence() is told, and what logs name.
enum class Fence : std::uint8_t { dma_rmb, dma_wmb, dma_mb, mb, rmb, wmb, mmiowb, wc_flush };

// Every access before, memory and device, before every access after; completes before going on.
IOVIEW_INLINE constexpr void(mb)() noexcept {
    if (!__builtin_is_constant_evaluated())
        (arch::mb)();
}
// The same for loads.
IOVIEW_INLINE constexpr void(rmb)() noexcept {
    if (!__builtin_is_constant_evaluated())
        (arch::rmb)();
}
// The same for stores.
IOVIEW_INLINE constexpr void(wmb)() noexcept {
    if (!__builtin_is_constant_evaluated())
        (arch::wmb)();
}

// Orders accesses to memory shared with a device that masters the bus: loads and stores.
IOVIEW_INLINE constexpr void(dma_mb)() noexcept {
    if (!__builtin_is_constant_evaluated())
        (arch::dma_mb)();
}
// Loads before loads: index, then payload.
IOVIEW_INLINE constexpr void(dma_rmb)() noexcept {
    if (!__builtin_is_constant_evaluated())
        (arch::dma_rmb)();
}
// Stores before stores: payload, then index.
IOVIEW_INLINE constexpr void(dma_wmb)() noexcept {
    if (!__builtin_is_constant_evaluated())
        (arch::dma_wmb)();
}

// Writes to a device before the store that releases a lock, so that they reach it before those of
// the lock's next holder (mmio_lock.hpp issues it). The release of a C++ lock orders memory only.
// On x86 and Arm no instruction. Linux mmiowb.
IOVIEW_INLINE constexpr void(mmiowb)() noexcept {
    if (!__builtin_is_constant_evaluated())
        (arch::mmiowb)();
}

// Stores of a WriteCombining view before every later store, to devices too; empties the buffers
// that they are gathered in. That is wmb on every instruction set (rdma-core's mmio_flush_writes).
IOVIEW_INLINE constexpr void wc_flush() noexcept {
    (wmb)();
}

} // namespace ioview
