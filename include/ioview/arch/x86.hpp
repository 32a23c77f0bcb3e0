// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/barrier.hpp>
// Part of <ioview/barrier.hpp>, which is the one to include.
#pragma once
// x86 and x86-64: every instruction that ioview emits there. One access is one mov to or from a
// register or a constant, so that a hypervisor can emulate it; the memory model orders the rest.
//
//   read, write   mov, and a compiler barrier  Linux arch/x86/include/asm/io.h
//   mb rmb wmb    mfence lfence sfence         Linux asm/barrier.h; without SSE2 lock addl
//   dma_mb        mfence; dma_rmb, dma_wmb, mmiowb nothing (compiler barriers): stores to memory
//                 and to devices stay in order, but not write-combining ones (Intel SDM 3, 9.2.2)
//
//   std::uint32_t v = ioview::arch::load<std::uint32_t>(address);
//   ioview::arch::after_device_load(v);

#include <ioview/config.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::arch {

inline constexpr std::size_t widest_access = sizeof(void*);
inline constexpr bool dma_barriers_reach_devices = true;
inline constexpr bool loads_are_waited_for = true;
inline constexpr bool has_move_memory = true;

// Small addresses are places of devices: g++ takes them for null pointers with an offset.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"
// In either dialect of the assembler, {AT&T|Intel}: -masm=intel compiles all of this too.
template <class W>
IOVIEW_INLINE inline W load(std::uintptr_t address) noexcept {
    auto place = reinterpret_cast<const volatile W*>(address);
    W value;
    if constexpr (sizeof(W) == 1)
        asm volatile("mov{b %1, %0| %0, %1}" : "=q"(value) : "m"(*place));
    else if constexpr (sizeof(W) == 2)
        asm volatile("mov{w %1, %0| %0, %1}" : "=r"(value) : "m"(*place));
    else if constexpr (sizeof(W) == 4)
        asm volatile("mov{l %1, %0| %0, %1}" : "=r"(value) : "m"(*place));
    else
        asm volatile("mov{q %1, %0| %0, %1}" : "=r"(value) : "m"(*place));
    return value;
}

template <class W>
IOVIEW_INLINE inline void store(std::uintptr_t address, W value) noexcept {
    auto place = reinterpret_cast<volatile W*>(address);
    if constexpr (sizeof(W) == 1)
        asm volatile("mov{b %1, %0| BYTE PTR %0, %1}" : "=m"(*place) : "qi"(value));
    else if constexpr (sizeof(W) == 2)
        asm volatile("mov{w %1, %0| WORD PTR %0, %1}" : "=m"(*place) : "ri"(value));
    else if constexpr (sizeof(W) == 4)
        asm volatile("mov{l %1, %0| DWORD PTR %0, %1}" : "=m"(*place) : "ri"(value));
    else
        asm volatile("mov{q %1, %0| QWORD PTR %0, %1}" : "=m"(*place) : "re"(value));
}
#pragma GCC diagnostic pop

IOVIEW_INLINE inline void compiler_barrier() noexcept {
    asm volatile("" ::: "memory");
}

IOVIEW_INLINE inline void before_device_load() noexcept {}
// The processor keeps device and memory accesses in order; only the compiler must be told.
template <class W>
IOVIEW_INLINE inline void after_device_load(W) noexcept {
    compiler_barrier();
}
// After many loads whose values are not at hand.
IOVIEW_INLINE inline void after_device_loads() noexcept {
    compiler_barrier();
}
IOVIEW_INLINE inline void before_device_store() noexcept {
    compiler_barrier();
}
IOVIEW_INLINE inline void before_relaxed() noexcept {}

#if defined(__SSE2__) || defined(__x86_64__)
IOVIEW_INLINE inline void(mb)() noexcept {
    asm volatile("mfence" ::: "memory");
}
IOVIEW_INLINE inline void(rmb)() noexcept {
    asm volatile("lfence" ::: "memory");
}
IOVIEW_INLINE inline void(wmb)() noexcept {
    asm volatile("sfence" ::: "memory");
}
#else
IOVIEW_INLINE inline void(mb)() noexcept {
    asm volatile("lock add{l $0, -4(%%esp)| DWORD PTR [esp-4], 0}" ::: "memory", "cc");
}
IOVIEW_INLINE inline void(rmb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(wmb)() noexcept {
    (mb)();
}
#endif
IOVIEW_INLINE inline void(dma_mb)() noexcept {
    (mb)();
}
IOVIEW_INLINE inline void(dma_rmb)() noexcept {
    compiler_barrier();
}
IOVIEW_INLINE inline void(dma_wmb)() noexcept {
    compiler_barrier();
}
IOVIEW_INLINE inline void(mmiowb)() noexcept {
    compiler_barrier();
}

// Port accesses are fully ordered by the processor.
template <class W>
IOVIEW_INLINE inline W port_in(std::uint16_t port) noexcept {
    W value;
    if constexpr (sizeof(W) == 1)
        asm volatile("in{b %1, %0| %0, %1}" : "=a"(value) : "Nd"(port) : "memory");
    else if constexpr (sizeof(W) == 2)
        asm volatile("in{w %1, %0| %0, %1}" : "=a"(value) : "Nd"(port) : "memory");
    else
        asm volatile("in{l %1, %0| %0, %1}" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

template <class W>
IOVIEW_INLINE inline void port_out(std::uint16_t port, W value) noexcept {
    if constexpr (sizeof(W) == 1)
        asm volatile("out{b %0, %1| %1, %0}" ::"a"(value), "Nd"(port) : "memory");
    else if constexpr (sizeof(W) == 2)
        asm volatile("out{w %0, %1| %1, %0}" ::"a"(value), "Nd"(port) : "memory");
    else
        asm volatile("out{l %0, %1| %1, %0}" ::"a"(value), "Nd"(port) : "memory");
}

// One word of memory to another place, by a load and a store.
template <class W>
IOVIEW_INLINE inline void move_word(std::byte*& to, const std::byte*& from) noexcept {
    store<W>(reinterpret_cast<std::uintptr_t>(to), load<W>(reinterpret_cast<std::uintptr_t>(from)));
    to += sizeof(W);
    from += sizeof(W);
}

IOVIEW_INLINE inline void move_16(std::byte*& to, const std::byte*& from) noexcept {
#if defined(__SSE2__)
    asm volatile("movdqu {(%1), %%xmm0|xmm0, [%1]}\n\t"
                 "movdqu {%%xmm0, (%0)|[%0], xmm0}" ::"r"(to),
                 "r"(from)
                 : "xmm0", "memory");
    to += 16;
    from += 16;
#else
    for (int i = 0; i < 4; ++i)
        move_word<std::uint32_t>(to, from);
#endif
}

// Copies memory of this CPU, each byte once. Never for devices: hypervisors emulate neither string
// nor vector instructions there. Kernels, which build without SSE, copy by words.
IOVIEW_INLINE inline void
move_memory(std::byte* to, const std::byte* from, std::size_t bytes) noexcept {
    if (bytes >= 2'048) {
        // It takes the whole registers, also where a pointer is half of one (x32).
#if defined(__x86_64__)
        using Register = unsigned long long;
#else
        using Register = std::uintptr_t;
#endif
        auto target = static_cast<Register>(reinterpret_cast<std::uintptr_t>(to));
        auto source = static_cast<Register>(reinterpret_cast<std::uintptr_t>(from));
        auto count = static_cast<Register>(bytes);
        asm volatile("rep movsb" : "+D"(target), "+S"(source), "+c"(count)::"memory");
        return;
    }
    compiler_barrier();
    for (; bytes >= 64; bytes -= 64) {
#if defined(__SSE2__)
        asm volatile("movdqu {(%1), %%xmm0|xmm0, [%1]}\n\t"
                     "movdqu {16(%1), %%xmm1|xmm1, [%1+16]}\n\t"
                     "movdqu {32(%1), %%xmm2|xmm2, [%1+32]}\n\t"
                     "movdqu {48(%1), %%xmm3|xmm3, [%1+48]}\n\t"
                     "movdqu {%%xmm0, (%0)|[%0], xmm0}\n\t"
                     "movdqu {%%xmm1, 16(%0)|[%0+16], xmm1}\n\t"
                     "movdqu {%%xmm2, 32(%0)|[%0+32], xmm2}\n\t"
                     "movdqu {%%xmm3, 48(%0)|[%0+48], xmm3}" ::"r"(to),
                     "r"(from)
                     : "xmm0", "xmm1", "xmm2", "xmm3", "memory");
        to += 64;
        from += 64;
#else
        for (int i = 0; i < 4; ++i)
            move_16(to, from);
#endif
    }
    for (; bytes >= 16; bytes -= 16)
        move_16(to, from);
    for (; bytes >= 4; bytes -= 4)
        move_word<std::uint32_t>(to, from);
    for (; bytes != 0; --bytes)
        move_word<std::uint8_t>(to, from);
    compiler_barrier();
}

// For loops that wait for another CPU.
IOVIEW_INLINE inline void relax() noexcept {
    asm volatile("pause" ::: "memory");
}

} // namespace ioview::arch
