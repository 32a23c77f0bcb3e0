// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Barriers by their field names. A C++ fence is no substitute: it is inner shareable on AArch64
// and leaves device accesses alone on RISC-V (Linux memory-barriers.txt; Armv8-A B2.3; RISC-V
// unprivileged 2.7). io::publish() and io::observe() place them for queues.
//
//   descriptor.copy_write(d);
//   io::dma_wmb();              // descriptor before index, as the device sees it
//   IO_WRITE(ring, head, next);

#include <ioview/arch/select.hpp>

#include <cstdint>

namespace ioview {

// The barriers of a hand-over, by number: what a backend's io_fence() is told, and what logs name.
enum class Fence : std::uint8_t { dma_rmb, dma_wmb, dma_mb };

// Every access before, memory and device, before every access after; completes before going on.
IOVIEW_INLINE inline void mb() noexcept {
    arch::mb();
}
// The same for loads.
IOVIEW_INLINE inline void rmb() noexcept {
    arch::rmb();
}
// The same for stores.
IOVIEW_INLINE inline void wmb() noexcept {
    arch::wmb();
}

// Orders accesses to memory shared with a device that masters the bus: loads and stores.
IOVIEW_INLINE inline void dma_mb() noexcept {
    arch::dma_mb();
}
// Loads before loads: index, then payload.
IOVIEW_INLINE inline void dma_rmb() noexcept {
    arch::dma_rmb();
}
// Stores before stores: payload, then index.
IOVIEW_INLINE inline void dma_wmb() noexcept {
    arch::dma_wmb();
}

} // namespace ioview
