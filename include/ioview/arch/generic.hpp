// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/barrier.hpp>
// Part of <ioview/barrier.hpp>, which is the one to include.
#pragma once
// Any other target: volatile accesses of the compiler's choice between full fences. The compiler
// may use any addressing form; a target that must not has a file of its own beside this one.
//
//   read          load; full fence
//   write         full fence; store
//   relaxed       the access alone: devices' accesses are taken to be in order with each other
//   every barrier full fence, as __sync_synchronize has it
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

// An address is no pointer: g++ would make a trap of an access where it finds that the address is
// 0, be it by a comparison, so it sees none. The operand of an asm it leaves alone.
template <class W>
IOVIEW_INLINE inline W* opaque(std::uintptr_t address) noexcept {
    asm("" : "+r"(address));
    return reinterpret_cast<W*>(address);
}

template <class W>
IOVIEW_INLINE inline W load(std::uintptr_t address) noexcept {
    using Place [[gnu::may_alias]] = const volatile W;
    return *opaque<Place>(address);
}

template <class W>
IOVIEW_INLINE inline void store(std::uintptr_t address, W value) noexcept {
    using Place [[gnu::may_alias]] = volatile W;
    *opaque<Place>(address) = value;
}

IOVIEW_INLINE inline void compiler_barrier() noexcept {
    asm volatile("" ::: "memory");
}

IOVIEW_INLINE inline void(mb)() noexcept {
    __sync_synchronize();
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

// Nothing for the processor, but a plain access of memory would move across a volatile one.
IOVIEW_INLINE inline void before_device_load() noexcept {
    compiler_barrier();
}
template <class W>
IOVIEW_INLINE inline void after_device_load(W) noexcept {
    (mb)();
}
// After many loads whose values are not at hand.
IOVIEW_INLINE inline void after_device_loads() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void before_device_store() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void before_relaxed() noexcept {}

// For loops that wait for another CPU.
IOVIEW_INLINE inline void relax() noexcept {
    compiler_barrier();
}

} // namespace ioview::arch
