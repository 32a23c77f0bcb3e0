// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/barrier.hpp>
// Part of <ioview/barrier.hpp>, which is the one to include.
#pragma once
// PowerPC, 32 and 64 bits: every instruction that ioview emits there. Devices are mapped caching
// inhibited and guarded. The processor keeps loads among themselves and stores among themselves in
// order there, but a load may pass an earlier store, a store an earlier load, and stores may be
// gathered, unless an eieio stands between (Power ISA 3.0, book II, 1.7.1 and 4.6.3).
//
//   std::uint32_t v = ioview::arch::load<std::uint32_t>(address);
//   ioview::arch::after_device_load(v);
//
//   load in order       sync; load; twi; isync     Linux arch/powerpc/include/asm/io.h, in_be32
//   store in order      sync; store                the same, out_be32
//   relaxed access      eieio; load or store
//   mb rmb wmb mmiowb   sync                       Linux asm/barrier.h, asm/mmiowb.h
//   dma_mb              sync
//   dma_rmb dma_wmb     lwsync; on 32 bits sync and eieio: an e500 has no lwsync and traps there
//
// Many accesses at once (copies, FIFOs) are relaxed ones, with a sync on either side of loads and
// before stores. On an e500 the assembler makes of eieio what it has there, mbar 1.
// Bytes are swapped in registers, as the compilers do for a volatile access.

#include <ioview/config.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::arch {

inline constexpr std::size_t widest_access = sizeof(void*);
inline constexpr bool dma_barriers_reach_devices = false;
inline constexpr bool loads_are_waited_for = false;
inline constexpr bool has_move_memory = false;
// Templates, so that clang leaves calls that are never made alone.
template <class Byte>
void move_memory(Byte*, const Byte*, std::size_t) = delete;
template <class Byte>
void fill_memory(Byte*, Byte, std::size_t) = delete;

// What ld and std can address: offsets of whole words. clang has every address in a register.
#if defined(__clang__)
#define IOVIEW_PPC_WORD "m"
#else
#define IOVIEW_PPC_WORD "YZ"
#endif

// Small addresses are places of devices: g++ takes them for null pointers with an offset.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"
// %X takes the form with an index register where the compiler has one. "m" is never an update form.
template <class W>
IOVIEW_INLINE inline W load(std::uintptr_t address) noexcept {
    auto place = reinterpret_cast<const volatile W*>(address);
    W value;
    if constexpr (sizeof(W) == 1)
        asm volatile("lbz%X1 %0, %1" : "=r"(value) : "m"(*place));
    else if constexpr (sizeof(W) == 2)
        asm volatile("lhz%X1 %0, %1" : "=r"(value) : "m"(*place));
    else if constexpr (sizeof(W) == 4)
        asm volatile("lwz%X1 %0, %1" : "=r"(value) : "m"(*place));
    else
        asm volatile("ld%X1 %0, %1" : "=r"(value) : IOVIEW_PPC_WORD(*place));
    return value;
}

template <class W>
IOVIEW_INLINE inline void store(std::uintptr_t address, W value) noexcept {
    auto place = reinterpret_cast<volatile W*>(address);
    if constexpr (sizeof(W) == 1)
        asm volatile("stb%X0 %1, %0" : "=m"(*place) : "r"(value));
    else if constexpr (sizeof(W) == 2)
        asm volatile("sth%X0 %1, %0" : "=m"(*place) : "r"(value));
    else if constexpr (sizeof(W) == 4)
        asm volatile("stw%X0 %1, %0" : "=m"(*place) : "r"(value));
    else
        asm volatile("std%X0 %1, %0" : "=" IOVIEW_PPC_WORD(*place) : "r"(value));
}
#pragma GCC diagnostic pop
#undef IOVIEW_PPC_WORD

IOVIEW_INLINE inline void compiler_barrier() noexcept {
    asm volatile("" ::: "memory");
}

IOVIEW_INLINE inline void(mb)() noexcept {
    asm volatile("sync" ::: "memory");
}
IOVIEW_INLINE inline void(rmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(wmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(mmiowb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_mb)() noexcept {
    (mb)();
}
#if defined(__powerpc64__)
IOVIEW_INLINE inline void(dma_rmb)() noexcept {
    asm volatile("lwsync" ::: "memory");
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    (dma_rmb)();
}
#else
IOVIEW_INLINE inline void(dma_rmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    asm volatile("eieio" ::: "memory");
}
#endif

IOVIEW_INLINE inline void before_device_load() noexcept {
    (mb)();
}
// A trap that is never taken needs the value, and isync lets nothing start before it is known.
template <class W>
IOVIEW_INLINE inline void after_device_load(W value) noexcept {
    asm volatile("twi 0, %0, 0\n\tisync" ::"r"(value) : "memory");
}
IOVIEW_INLINE inline void after_device_loads() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void before_device_store() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void before_relaxed() noexcept {
    asm volatile("eieio");
}

// For loops that wait for another CPU.
IOVIEW_INLINE inline void relax() noexcept {
    compiler_barrier();
}

} // namespace ioview::arch
