// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/dma/handover.hpp>
// Part of <ioview/dma/handover.hpp>, which is the one to include.
#pragma once
// The barrier before or after one access of a hand-over, at the backend that makes the access.
//
//   detail::fence(Fence::mb, index);           // the instruction, or B::io_fence(view, Fence)
//
// A backend's io_fence takes the barrier's place: doubles log it there.

#include <ioview/arch/select.hpp>
#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/fwd.hpp>

#include <concepts>

#if IOVIEW_TSAN
extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}
#endif

namespace ioview::detail {

IOVIEW_INLINE constexpr void(barrier)(Fence kind) noexcept {
    switch (kind) {
    case Fence::dma_rmb:
        return (dma_rmb)();
    case Fence::dma_wmb:
        return (dma_wmb)();
    case Fence::dma_mb:
        return (dma_mb)();
    case Fence::mb:
        return (mb)();
    case Fence::rmb:
        return (rmb)();
    case Fence::wmb:
        return (wmb)();
    case Fence::mmiowb:
        return (mmiowb)();
    case Fence::wc_flush:
        return wc_flush();
    }
}

// The one that does what a dma_ barrier does between all that is accessed, not memory alone.
constexpr Fence mandatory(Fence kind) noexcept {
    return kind == Fence::dma_rmb   ? Fence::rmb
           : kind == Fence::dma_wmb ? Fence::wmb
           : kind == Fence::dma_mb  ? Fence::mb
                                    : kind;
}

// The barrier between memory and the registers of a device, on every architecture.
IOVIEW_INLINE constexpr void device_barrier(Fence kind) noexcept {
    (barrier)(arch::dma_barriers_reach_devices ? kind : mandatory(kind));
}

#if IOVIEW_TSAN
// ThreadSanitizer does not see barrier instructions. Here they become what it does see: a release
// or acquire on the index, the memory that both sides know.
inline void tsan_fence(void* index, Fence kind) noexcept {
    (barrier)(kind);
    if (kind != Fence::dma_rmb && kind != Fence::rmb)
        __tsan_release(index);
    if (kind == Fence::dma_rmb || kind == Fence::rmb || kind == Fence::dma_mb || kind == Fence::mb)
        __tsan_acquire(index);
}
#endif

// The barrier of an index, any view or owner. It is not copied where no backend asks for it: g++
// keeps the copy on the stack where its ABI passes structures there, and loads it again after the
// barrier.
template <class V>
IOVIEW_INLINE constexpr void fence(Fence kind, const V& index) noexcept {
    using B = typename V::Backend;
    if constexpr (BackendTraits<B>::has_io_fence)
        B::io_fence(index.as_view(), kind);
    else
        (barrier)(kind);
}

// The barrier of a hand-over. A medium that orders its accesses with memory by itself needs none;
// its doubles log it all the same.
template <class V>
IOVIEW_INLINE constexpr void handover_fence(Fence kind, const V& index) noexcept {
    using B = typename V::Backend;
    if constexpr (BackendTraits<B>::has_io_fence || !BackendTraits<B>::ordered)
        fence(kind, index);
}

// A view of an ordered place that can be accessed without its barriers, between others.
template <class V>
concept HasRelaxed = requires(const V& view) {
    { view.relaxed() } -> std::same_as<RelaxedMmio<typename V::Target>>;
};

} // namespace ioview::detail
