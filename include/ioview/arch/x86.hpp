// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// x86 and x86-64: every instruction that ioview emits there. One access is one mov to or from a
// register or a constant, so that a hypervisor can emulate it; the memory model orders the rest.
//
//   std::uint32_t v = ioview::arch::load<std::uint32_t>(address);
//   ioview::arch::after_device_load(v);

#include <ioview/config.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::arch {

inline constexpr std::size_t widest_access = sizeof(void*);
inline constexpr bool has_port_io = true;

template <class W>
IOVIEW_INLINE inline W load(std::uintptr_t address) noexcept {
    auto place = reinterpret_cast<const volatile W*>(address);
    W value;
    if constexpr (sizeof(W) == 1)
        asm volatile("movb %1, %0" : "=q"(value) : "m"(*place));
    else if constexpr (sizeof(W) == 2)
        asm volatile("movw %1, %0" : "=r"(value) : "m"(*place));
    else if constexpr (sizeof(W) == 4)
        asm volatile("movl %1, %0" : "=r"(value) : "m"(*place));
    else
        asm volatile("movq %1, %0" : "=r"(value) : "m"(*place));
    return value;
}

template <class W>
IOVIEW_INLINE inline void store(std::uintptr_t address, W value) noexcept {
    auto place = reinterpret_cast<volatile W*>(address);
    if constexpr (sizeof(W) == 1)
        asm volatile("movb %1, %0" : "=m"(*place) : "qi"(value));
    else if constexpr (sizeof(W) == 2)
        asm volatile("movw %1, %0" : "=m"(*place) : "ri"(value));
    else if constexpr (sizeof(W) == 4)
        asm volatile("movl %1, %0" : "=m"(*place) : "ri"(value));
    else
        asm volatile("movq %1, %0" : "=m"(*place) : "re"(value));
}

IOVIEW_INLINE inline void compiler_barrier() noexcept {
    asm volatile("" ::: "memory");
}

// The processor keeps device and memory accesses in order; only the compiler must be told.
template <class W>
IOVIEW_INLINE inline void after_device_load(W) noexcept {
    compiler_barrier();
}
IOVIEW_INLINE inline void before_device_store() noexcept {
    compiler_barrier();
}

#if defined(__SSE2__) || defined(__x86_64__)
IOVIEW_INLINE inline void mb() noexcept {
    asm volatile("mfence" ::: "memory");
}
IOVIEW_INLINE inline void rmb() noexcept {
    asm volatile("lfence" ::: "memory");
}
IOVIEW_INLINE inline void wmb() noexcept {
    asm volatile("sfence" ::: "memory");
}
#else
IOVIEW_INLINE inline void mb() noexcept {
    asm volatile("lock; addl $0, -4(%%esp)" ::: "memory", "cc");
}
IOVIEW_INLINE inline void rmb() noexcept {
    mb();
}
IOVIEW_INLINE inline void wmb() noexcept {
    mb();
}
#endif
IOVIEW_INLINE inline void dma_mb() noexcept {
    mb();
}
IOVIEW_INLINE inline void dma_rmb() noexcept {
    compiler_barrier();
}
IOVIEW_INLINE inline void dma_wmb() noexcept {
    compiler_barrier();
}

// Port accesses are fully ordered by the processor.
template <class W>
IOVIEW_INLINE inline W port_in(std::uint16_t port) noexcept {
    W value;
    if constexpr (sizeof(W) == 1)
        asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    else if constexpr (sizeof(W) == 2)
        asm volatile("inw %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    else
        asm volatile("inl %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

template <class W>
IOVIEW_INLINE inline void port_out(std::uint16_t port, W value) noexcept {
    if constexpr (sizeof(W) == 1)
        asm volatile("outb %0, %1" ::"a"(value), "Nd"(port) : "memory");
    else if constexpr (sizeof(W) == 2)
        asm volatile("outw %0, %1" ::"a"(value), "Nd"(port) : "memory");
    else
        asm volatile("outl %0, %1" ::"a"(value), "Nd"(port) : "memory");
}

} // namespace ioview::arch
