// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/barrier.hpp>
// Part of <ioview/barrier.hpp>, which is the one to include.
#pragma once
// AArch64: every instruction that ioview emits there. "Qo" is a base register with a constant
// offset, never write-back, which a hypervisor could not emulate. Barriers are outer shareable:
// the observer is a device, not only another core.
//
//   read          load; dmb oshld; eor, cbnz   Linux arch/arm64/include/asm/io.h, __iormb
//   write         dmb oshst; store             the same, __iowmb
//   mb rmb wmb    dsb sy, dsb ld, dsb st       Linux asm/barrier.h
//   dma_*         dmb osh, oshld, oshst        the same
//   mmiowb        nothing: a lock's stlr waits for stores to devices too (Armv8-A B2.3)
//
//   std::uint32_t v = ioview::arch::load<std::uint32_t>(address);
//   ioview::arch::after_device_load(v);

#include <ioview/config.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::arch {

inline constexpr std::size_t widest_access = 8;
inline constexpr bool dma_barriers_reach_devices = true;
inline constexpr bool loads_are_waited_for = false;
inline constexpr bool has_move_memory = false;
// Templates, so that clang leaves calls that are never made alone.
template <class Byte>
void move_memory(Byte*, const Byte*, std::size_t) = delete;
template <class Byte>
void fill_memory(Byte*, Byte, std::size_t) = delete;

// Small addresses are places of devices: g++ takes them for null pointers with an offset.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"
template <class W>
IOVIEW_INLINE inline W load(std::uintptr_t address) noexcept {
    auto place = reinterpret_cast<const volatile W*>(address);
    W value;
    if constexpr (sizeof(W) == 1)
        asm volatile("ldrb %w0, %1" : "=r"(value) : "Qo"(*place));
    else if constexpr (sizeof(W) == 2)
        asm volatile("ldrh %w0, %1" : "=r"(value) : "Qo"(*place));
    else if constexpr (sizeof(W) == 4)
        asm volatile("ldr %w0, %1" : "=r"(value) : "Qo"(*place));
    else
        asm volatile("ldr %x0, %1" : "=r"(value) : "Qo"(*place));
    return value;
}

template <class W>
IOVIEW_INLINE inline void store(std::uintptr_t address, W value) noexcept {
    auto place = reinterpret_cast<volatile W*>(address);
    if constexpr (sizeof(W) == 1)
        asm volatile("strb %w1, %0" : "=Qo"(*place) : "rZ"(value));
    else if constexpr (sizeof(W) == 2)
        asm volatile("strh %w1, %0" : "=Qo"(*place) : "rZ"(value));
    else if constexpr (sizeof(W) == 4)
        asm volatile("str %w1, %0" : "=Qo"(*place) : "rZ"(value));
    else
        asm volatile("str %x1, %0" : "=Qo"(*place) : "rZ"(value));
}
#pragma GCC diagnostic pop

IOVIEW_INLINE inline void compiler_barrier() noexcept {
    asm volatile("" ::: "memory");
}

IOVIEW_INLINE inline void(mb)() noexcept {
    asm volatile("dsb sy" ::: "memory");
}
IOVIEW_INLINE inline void(rmb)() noexcept {
    asm volatile("dsb ld" ::: "memory");
}
IOVIEW_INLINE inline void(wmb)() noexcept {
    asm volatile("dsb st" ::: "memory");
}
IOVIEW_INLINE inline void(dma_mb)() noexcept {
    asm volatile("dmb osh" ::: "memory");
}
IOVIEW_INLINE inline void(dma_rmb)() noexcept {
    asm volatile("dmb oshld" ::: "memory");
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    asm volatile("dmb oshst" ::: "memory");
}
IOVIEW_INLINE inline void(mmiowb)() noexcept {
    compiler_barrier();
}

IOVIEW_INLINE inline void before_device_load() noexcept {}
// Later memory reads wait for the load; the branch that depends on its value makes a following
// ISB or delay loop wait for it too.
template <class W>
IOVIEW_INLINE inline void after_device_load(W value) noexcept {
    W zero;
    (dma_rmb)();
    if constexpr (sizeof(W) == 8)
        asm volatile("eor %x0, %x1, %x1\n\tcbnz %x0, ." : "=r"(zero) : "r"(value) : "memory");
    else
        asm volatile("eor %w0, %w1, %w1\n\tcbnz %w0, ." : "=r"(zero) : "r"(value) : "memory");
}
// After many loads whose values are not at hand.
IOVIEW_INLINE inline void after_device_loads() noexcept {
    (dma_rmb)();
}
IOVIEW_INLINE inline void before_device_store() noexcept {
    (dma_wmb)();
}
IOVIEW_INLINE inline void before_relaxed() noexcept {}

// For loops that wait for another CPU.
IOVIEW_INLINE inline void relax() noexcept {
    asm volatile("yield" ::: "memory");
}

} // namespace ioview::arch
