// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/barrier.hpp>
// Part of <ioview/barrier.hpp>, which is the one to include.
#pragma once
// MIPS, 32 and 64 bits, either order of bytes: every instruction that ioview emits there. Nothing
// in the architecture keeps uncached accesses in order, so each has a sync before it, relaxed ones
// too. sync alone is sync 0: all that is before is done before anything behind begins.
//
//   read, in order      sync; load; sync   Linux arch/mips/include/asm/io.h
//   write, in order     sync; store        the same
//   relaxed access      sync; load or store
//   every barrier       sync               Linux asm/barrier.h, asm/mmiowb.h
//
// MIPS16 and MIPS I have no sync: arch/generic.hpp.
//
//   std::uint32_t v = ioview::arch::load<std::uint32_t>(address);
//   ioview::arch::after_device_load(v);

#include <ioview/config.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::arch {

inline constexpr std::size_t widest_access = sizeof(void*);
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
// "R" is an address that one instruction reaches; with "m" the assembler may make it two.
template <class W>
IOVIEW_INLINE inline W load(std::uintptr_t address) noexcept {
    auto place = reinterpret_cast<const volatile W*>(address);
    W value;
    if constexpr (sizeof(W) == 1)
        asm volatile("lbu %0, %1" : "=r"(value) : "R"(*place));
    else if constexpr (sizeof(W) == 2)
        asm volatile("lhu %0, %1" : "=r"(value) : "R"(*place));
    else if constexpr (sizeof(W) == 4)
        asm volatile("lw %0, %1" : "=r"(value) : "R"(*place));
    else
        asm volatile("ld %0, %1" : "=r"(value) : "R"(*place));
    return value;
}

template <class W>
IOVIEW_INLINE inline void store(std::uintptr_t address, W value) noexcept {
    auto place = reinterpret_cast<volatile W*>(address);
    if constexpr (sizeof(W) == 1)
        asm volatile("sb %z1, %0" : "=R"(*place) : "rJ"(value));
    else if constexpr (sizeof(W) == 2)
        asm volatile("sh %z1, %0" : "=R"(*place) : "rJ"(value));
    else if constexpr (sizeof(W) == 4)
        asm volatile("sw %z1, %0" : "=R"(*place) : "rJ"(value));
    else
        asm volatile("sd %z1, %0" : "=R"(*place) : "rJ"(value));
}
#pragma GCC diagnostic pop

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
IOVIEW_INLINE inline void(dma_mb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_rmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(mmiowb)() noexcept {
    (mb)();
}

IOVIEW_INLINE inline void before_device_load() noexcept {
    (mb)();
}
template <class W>
IOVIEW_INLINE inline void after_device_load(W) noexcept {
    (mb)();
}
IOVIEW_INLINE inline void after_device_loads() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void before_device_store() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void before_relaxed() noexcept {
    asm volatile("sync");
}

// For loops that wait for another CPU.
IOVIEW_INLINE inline void relax() noexcept {
    compiler_barrier();
}

} // namespace ioview::arch
