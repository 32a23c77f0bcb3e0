// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/barrier.hpp>
// Part of <ioview/barrier.hpp>, which is the one to include.
#pragma once
// RISC-V: every instruction that ioview emits there. Fences name device input and output (i, o)
// apart from memory (r, w): a C++ fence orders memory only.
//
//   read          load; fence i,ir             Linux arch/riscv/include/asm/mmio.h, __io_ar
//   write         fence w,o; store             the same, __io_bw
//   mb rmb wmb    fence iorw,iorw ir,ir ow,ow  Linux asm/barrier.h; dma_* are the same
//   mmiowb        fence o,w                    Linux asm/mmiowb.h
//
//   std::uint32_t v = ioview::arch::load<std::uint32_t>(address);
//   ioview::arch::after_device_load(v);

#include <ioview/config.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::arch {

inline constexpr std::size_t widest_access = __riscv_xlen / 8;
inline constexpr bool dma_barriers_reach_devices = true;
inline constexpr bool loads_are_waited_for = false;
inline constexpr bool has_move_memory = false;
// Templates, so that clang leaves calls that are never made alone.
template <class Byte>
void move_memory(Byte*, const Byte*, std::size_t) = delete;
template <class Byte>
void fill_memory(Byte*, Byte, std::size_t) = delete;

// Volatile accesses rather than inline assembly, behind which a compiler extends once more what the
// load has extended. It neither splits, joins nor drops one, and there is no form of address but a
// base and an offset. g++ would make a trap of an access where it finds that the address is 0:
// behind a launder it finds nothing, and no instruction comes of it.
template <class W>
IOVIEW_INLINE inline W load(std::uintptr_t address) noexcept {
    using Place [[gnu::may_alias]] = const volatile W;
    return *__builtin_launder(reinterpret_cast<Place*>(address));
}

template <class W>
IOVIEW_INLINE inline void store(std::uintptr_t address, W value) noexcept {
    using Place [[gnu::may_alias]] = volatile W;
    *__builtin_launder(reinterpret_cast<Place*>(address)) = value;
}

IOVIEW_INLINE inline void compiler_barrier() noexcept {
    asm volatile("" ::: "memory");
}

IOVIEW_INLINE inline void(mb)() noexcept {
    asm volatile("fence iorw, iorw" ::: "memory");
}
IOVIEW_INLINE inline void(rmb)() noexcept {
    asm volatile("fence ir, ir" ::: "memory");
}
IOVIEW_INLINE inline void(wmb)() noexcept {
    asm volatile("fence ow, ow" ::: "memory");
}
IOVIEW_INLINE inline void(dma_mb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_rmb)() noexcept {
    (rmb)();
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    (wmb)();
}
IOVIEW_INLINE inline void(mmiowb)() noexcept {
    asm volatile("fence o, w" ::: "memory");
}

IOVIEW_INLINE inline void before_device_load() noexcept {
    compiler_barrier(); // g++ schedules accesses of memory around a volatile load
}
// g++ extends a volatile load at once, needed or not, unless the fence may have changed the value.
template <class W>
IOVIEW_INLINE inline void after_device_load([[maybe_unused]] W&& value) noexcept {
#if !defined(__clang__)
    if constexpr (sizeof(W) < widest_access) {
        asm volatile("fence i, ir" : "+r"(value)::"memory");
        return;
    }
#endif
    asm volatile("fence i, ir" ::: "memory");
}
// After many loads whose values are not at hand.
IOVIEW_INLINE inline void after_device_loads() noexcept {
    asm volatile("fence i, ir" ::: "memory");
}
IOVIEW_INLINE inline void before_device_store() noexcept {
    asm volatile("fence w, o" ::: "memory");
}
IOVIEW_INLINE inline void before_relaxed() noexcept {}

// For loops that wait for another CPU.
IOVIEW_INLINE inline void relax() noexcept {
    asm volatile(".4byte 0x0100000f" ::: "memory"); // pause, a hint that old cores ignore
}

} // namespace ioview::arch
