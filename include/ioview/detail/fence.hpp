// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The barrier before or after one access of a hand-over, at the backend that makes the access.
//
//   detail::fence(Fence::dma_wmb, index);      // the instruction, or B::io_fence(view, Fence)
//
// A backend with a static io_fence(View, Fence) takes the barrier's place: doubles log it there.

#include <ioview/barrier.hpp>

#if IOVIEW_TSAN
extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}
#endif

namespace ioview::detail {

IOVIEW_INLINE inline void barrier(Fence kind) noexcept {
    if (kind == Fence::dma_rmb)
        dma_rmb();
    else if (kind == Fence::dma_wmb)
        dma_wmb();
    else
        dma_mb();
}

#if IOVIEW_TSAN
// ThreadSanitizer does not see barrier instructions. Here they become what it does see: a release
// or acquire on the index, the memory that both sides know.
inline void tsan_fence(void* index, Fence kind) noexcept {
    barrier(kind);
    if (kind == Fence::dma_rmb)
        __tsan_acquire(index);
    else
        __tsan_release(index);
}
#endif

// The barrier of an index, any view or owner. It is not copied where no backend asks for it: g++
// keeps the copy on the stack where its ABI passes structures there, and loads it again after the
// barrier. In constant expressions there is nobody to be ordered for, so only a double takes
// notice.
template <class V>
IOVIEW_INLINE constexpr void fence(Fence kind, const V& index) noexcept {
    using B = typename V::Backend;
    if constexpr (requires { B::io_fence(index.as_view(), kind); })
        B::io_fence(index.as_view(), kind);
    else if (!__builtin_is_constant_evaluated())
        barrier(kind);
}

} // namespace ioview::detail
