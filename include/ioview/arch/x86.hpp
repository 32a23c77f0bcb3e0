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

IOVIEW_INLINE inline void move_8(std::byte*& to, const std::byte*& from) noexcept {
    if constexpr (widest_access == 8) {
        move_word<std::uint64_t>(to, from);
    } else {
        move_word<std::uint32_t>(to, from);
        move_word<std::uint32_t>(to, from);
    }
}

// Sixteen bytes, or four times as many, by volatile loads and then as many stores. A vector is a
// register where the compiler may use those; in kernels, which build without, it becomes words.
IOVIEW_INLINE inline void move_16(std::byte*& to, const std::byte*& from) noexcept {
    using Vector [[gnu::vector_size(16), gnu::aligned(1), gnu::may_alias]] = unsigned char;
    *reinterpret_cast<volatile Vector*>(to) = *reinterpret_cast<const volatile Vector*>(from);
    to += 16;
    from += 16;
}
IOVIEW_INLINE inline void move_64(std::byte*& to, const std::byte*& from) noexcept {
#if defined(__AVX__)
    using Vector [[gnu::vector_size(32), gnu::aligned(1), gnu::may_alias]] = unsigned char;
#else
    using Vector [[gnu::vector_size(16), gnu::aligned(1), gnu::may_alias]] = unsigned char;
#endif
    constexpr int count = 64 / sizeof(Vector);
    Vector vectors[count];
    for (int i = 0; i < count; ++i)
        vectors[i] = reinterpret_cast<const volatile Vector*>(from)[i];
    for (int i = 0; i < count; ++i)
        reinterpret_cast<volatile Vector*>(to)[i] = vectors[i];
    to += 64;
    from += 64;
}

// String instructions take these whole, also where a pointer is half of one (x32).
#if defined(__x86_64__)
using StringRegister = unsigned long long;
#else
using StringRegister = std::uintptr_t;
#endif

// Copies memory of this CPU, each byte once. Never for devices: hypervisors emulate neither string
// nor vector instructions there.
IOVIEW_INLINE inline void
move_memory(std::byte* to, const std::byte* from, std::size_t bytes) noexcept {
    if (bytes >= 2'048) [[unlikely]] {
        auto target = static_cast<StringRegister>(reinterpret_cast<std::uintptr_t>(to));
        auto source = static_cast<StringRegister>(reinterpret_cast<std::uintptr_t>(from));
        auto count = static_cast<StringRegister>(bytes);
        asm volatile("rep movsb" : "+D"(target), "+S"(source), "+c"(count)::"memory");
        return;
    }
    compiler_barrier();
    for (; bytes >= 64; bytes -= 64) {
        move_64(to, from);
        // The loop as it stands: what compilers make of it costs more than a short copy.
        asm volatile("" : "+r"(to), "+r"(from), "+r"(bytes));
    }
    if (bytes != 0) [[unlikely]] {
        if ((bytes & 32) != 0) {
            move_16(to, from);
            move_16(to, from);
        }
        if ((bytes & 16) != 0)
            move_16(to, from);
        if ((bytes & 8) != 0)
            move_8(to, from);
        if ((bytes & 4) != 0)
            move_word<std::uint32_t>(to, from);
        for (bytes &= 3; bytes != 0; --bytes)
            move_word<std::uint8_t>(to, from);
    }
    compiler_barrier();
}

// Makes `value` of every byte of memory of this CPU, each once; as move_memory.
IOVIEW_INLINE inline void fill_memory(std::byte* to, std::byte value, std::size_t bytes) noexcept {
    if (bytes >= 1'024) [[unlikely]] {
        auto target = static_cast<StringRegister>(reinterpret_cast<std::uintptr_t>(to));
        auto count = static_cast<StringRegister>(bytes);
        asm volatile("rep stosb" : "+D"(target), "+c"(count) : "a"(value) : "memory");
        return;
    }
    using Words [[gnu::vector_size(16), gnu::aligned(1), gnu::may_alias]] = unsigned long long;
    const unsigned long long word = 0x0101'0101'0101'0101 * static_cast<unsigned char>(value);
    const Words words = {word, word};
    compiler_barrier();
    for (; bytes >= 64; bytes -= 64) {
        for (int i = 0; i < 4; ++i)
            reinterpret_cast<volatile Words*>(to)[i] = words;
        to += 64;
        asm volatile("" : "+r"(to), "+r"(bytes));
    }
    for (; bytes >= 16; bytes -= 16) {
        *reinterpret_cast<volatile Words*>(to) = words;
        to += 16;
    }
    for (; bytes >= 4; bytes -= 4) {
        store<std::uint32_t>(reinterpret_cast<std::uintptr_t>(to),
                             static_cast<std::uint32_t>(word));
        to += 4;
    }
    for (; bytes != 0; --bytes)
        store<std::uint8_t>(reinterpret_cast<std::uintptr_t>(to++),
                            static_cast<std::uint8_t>(value));
    compiler_barrier();
}

// For loops that wait for another CPU.
IOVIEW_INLINE inline void relax() noexcept {
    asm volatile("pause" ::: "memory");
}

} // namespace ioview::arch
