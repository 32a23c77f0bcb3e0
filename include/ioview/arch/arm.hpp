// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/barrier.hpp>
// Part of <ioview/barrier.hpp>, which is the one to include.
#pragma once
// 32-bit Arm (A, R and M profile): every instruction that ioview emits there. "Q" and "o" never
// give write-back addressing.
//
//                   Armv8-A, -R  Armv7-A, -R     M profile   before Armv7
//   read, after     dsb ld       dsb sy          dsb         mcr p15, c7, c10, 4
//   write, before   dsb st       dsb st          dsb         the same
//   mb              dsb sy       dsb sy          dsb         the same
//   rmb             dsb ld       dsb sy          dsb         the same
//   wmb             dsb st       dsb st          dsb         the same
//   dma_mb          dmb osh      dmb osh         dmb         the same
//   dma_rmb         dmb oshld    dmb osh         dmb         the same
//   dma_wmb         dmb oshst    dmb oshst       dmb         the same
//
// mmiowb is nothing: a lock is released behind a dmb, which devices' accesses heed too. Source:
// Linux arch/arm/include/asm/barrier.h and io.h, without the outer cache; Armv7-M A3.7.3. Armv8 has
// barriers for loads alone, and takes what Linux takes in arch/arm64 (DDI 0487, F5.1, DMB and DSB).
//
//   std::uint32_t v = ioview::arch::load<std::uint32_t>(address);
//   ioview::arch::after_device_load(v);

#include <ioview/config.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::arch {

inline constexpr std::size_t widest_access = 4;
inline constexpr bool dma_barriers_reach_devices = false;
inline constexpr bool loads_are_waited_for = false;
inline constexpr bool has_move_memory = false;
// Templates, so that clang leaves calls that are never made alone.
template <class Byte>
void move_memory(Byte*, const Byte*, std::size_t) = delete;
template <class Byte>
void fill_memory(Byte*, Byte, std::size_t) = delete;

// Thumb before Thumb-2 loads and stores the first eight alone.
#if defined(__thumb__) && !defined(__thumb2__)
#define IOVIEW_REGISTER "l"
#else
#define IOVIEW_REGISTER "r"
#endif
// Small addresses are places of devices: g++ takes them for null pointers with an offset.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"
template <class W>
IOVIEW_INLINE inline W load(std::uintptr_t address) noexcept {
    auto place = reinterpret_cast<const volatile W*>(address);
    W value;
    if constexpr (sizeof(W) == 1)
        asm volatile("ldrb %0, %1" : "=" IOVIEW_REGISTER(value) : "Qo"(*place));
    else if constexpr (sizeof(W) == 2)
        asm volatile("ldrh %0, %1" : "=" IOVIEW_REGISTER(value) : "Qo"(*place));
    else
        asm volatile("ldr %0, %1" : "=" IOVIEW_REGISTER(value) : "Qo"(*place));
    return value;
}

template <class W>
IOVIEW_INLINE inline void store(std::uintptr_t address, W value) noexcept {
    auto place = reinterpret_cast<volatile W*>(address);
    if constexpr (sizeof(W) == 1)
        asm volatile("strb %1, %0" : "=Qo"(*place) : IOVIEW_REGISTER(value));
    else if constexpr (sizeof(W) == 2)
        asm volatile("strh %1, %0" : "=Qo"(*place) : IOVIEW_REGISTER(value));
    else
        asm volatile("str %1, %0" : "=Qo"(*place) : IOVIEW_REGISTER(value));
}
#pragma GCC diagnostic pop
#undef IOVIEW_REGISTER

IOVIEW_INLINE inline void compiler_barrier() noexcept {
    asm volatile("" ::: "memory");
}

#if __ARM_ARCH >= 7 && __ARM_ARCH_PROFILE != 'M'
IOVIEW_INLINE inline void(mb)() noexcept {
    asm volatile("dsb sy" ::: "memory");
}
IOVIEW_INLINE inline void(wmb)() noexcept {
    asm volatile("dsb st" ::: "memory");
}
IOVIEW_INLINE inline void(dma_mb)() noexcept {
    asm volatile("dmb osh" ::: "memory");
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    asm volatile("dmb oshst" ::: "memory");
}
#elif __ARM_ARCH_PROFILE == 'M'
// The M profile has one option, the whole system.
IOVIEW_INLINE inline void(mb)() noexcept {
    asm volatile("dsb" ::: "memory");
}
IOVIEW_INLINE inline void(wmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_mb)() noexcept {
    asm volatile("dmb" ::: "memory");
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    (dma_mb)();
}
#else
// Before Armv7 the barriers are writes to the system control coprocessor. Thumb has no instruction
// for them there, so it changes to Arm and back, which needs no function of its own.
IOVIEW_INLINE inline void(mb)() noexcept {
    unsigned zero = 0;
#if defined(__thumb__) && !defined(__thumb2__)
    asm volatile(".balign 4\n\tbx pc\n\tnop\n\t.arm\n\tmcr p15, 0, %0, c7, c10, 4\n\t"
                 "add %0, pc, #1\n\tbx %0\n\t.thumb"
                 : "+l"(zero)::"memory");
#else
    asm volatile("mcr p15, 0, %0, c7, c10, 4" ::"r"(zero) : "memory");
#endif
}
IOVIEW_INLINE inline void(wmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_mb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    (mb)();
}
#endif
#if __ARM_ARCH >= 8 && __ARM_ARCH_PROFILE != 'M'
IOVIEW_INLINE inline void(rmb)() noexcept {
    asm volatile("dsb ld" ::: "memory");
}
IOVIEW_INLINE inline void(dma_rmb)() noexcept {
    asm volatile("dmb oshld" ::: "memory");
}
#else
IOVIEW_INLINE inline void(rmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_rmb)() noexcept {
    (dma_mb)();
}
#endif
IOVIEW_INLINE inline void(mmiowb)() noexcept {
    compiler_barrier();
}

IOVIEW_INLINE inline void before_device_load() noexcept {}
// Buffers for DMA are bufferable memory there, so a plain dmb would not do.
template <class W>
IOVIEW_INLINE inline void after_device_load(W) noexcept {
    (rmb)();
}
// After many loads whose values are not at hand.
IOVIEW_INLINE inline void after_device_loads() noexcept {
    (rmb)();
}
IOVIEW_INLINE inline void before_device_store() noexcept {
    (wmb)();
}
IOVIEW_INLINE inline void before_relaxed() noexcept {}

// For loops that wait for another CPU.
IOVIEW_INLINE inline void relax() noexcept {
    compiler_barrier();
}

} // namespace ioview::arch
