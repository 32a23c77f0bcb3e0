// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a careful driver author writes by hand: one inline-assembly load or store with a foldable
// offset, and the barriers of readl and writel around it. The twins of corpus.cpp are made of it.
//
//   std::uint32_t v = raw::read<std::uint32_t>(base + 0x10);

#include <cstdint>

namespace raw {

using Address = std::uintptr_t;

template <class W>
inline volatile W& place(Address address) {
    return *reinterpret_cast<volatile W*>(address);
}

#if defined(__x86_64__)
template <class W>
[[gnu::always_inline]] inline W load(Address a) {
    W v;
    asm volatile("mov %1, %0" : "=r"(v) : "m"(place<W>(a)));
    return v;
}
template <class W>
[[gnu::always_inline]] inline void store(Address a, W v) {
    if constexpr (sizeof(W) == 1)
        asm volatile("movb %1, %0" : "=m"(place<W>(a)) : "ri"(v));
    else if constexpr (sizeof(W) == 2)
        asm volatile("movw %1, %0" : "=m"(place<W>(a)) : "ri"(v));
    else if constexpr (sizeof(W) == 4)
        asm volatile("movl %1, %0" : "=m"(place<W>(a)) : "ri"(v));
    else
        asm volatile("movq %1, %0" : "=m"(place<W>(a)) : "re"(v));
}
[[gnu::always_inline]] inline void before_write() {
    asm volatile("" ::: "memory");
}
template <class W>
[[gnu::always_inline]] inline void after_read(W) {
    asm volatile("" ::: "memory");
}
#elif defined(__aarch64__)
template <class W>
[[gnu::always_inline]] inline W load(Address a) {
    W v;
    if constexpr (sizeof(W) == 1)
        asm volatile("ldrb %w0, %1" : "=r"(v) : "Qo"(place<W>(a)));
    else if constexpr (sizeof(W) == 2)
        asm volatile("ldrh %w0, %1" : "=r"(v) : "Qo"(place<W>(a)));
    else if constexpr (sizeof(W) == 4)
        asm volatile("ldr %w0, %1" : "=r"(v) : "Qo"(place<W>(a)));
    else
        asm volatile("ldr %0, %1" : "=r"(v) : "Qo"(place<W>(a)));
    return v;
}
template <class W>
[[gnu::always_inline]] inline void store(Address a, W v) {
    if constexpr (sizeof(W) == 1)
        asm volatile("strb %w1, %0" : "=Qo"(place<W>(a)) : "rZ"(v));
    else if constexpr (sizeof(W) == 2)
        asm volatile("strh %w1, %0" : "=Qo"(place<W>(a)) : "rZ"(v));
    else if constexpr (sizeof(W) == 4)
        asm volatile("str %w1, %0" : "=Qo"(place<W>(a)) : "rZ"(v));
    else
        asm volatile("str %x1, %0" : "=Qo"(place<W>(a)) : "rZ"(v));
}
[[gnu::always_inline]] inline void before_write() {
    asm volatile("dmb oshst" ::: "memory");
}
template <class W>
[[gnu::always_inline]] inline void after_read(W v) {
    W zero;
    if constexpr (sizeof(W) == 8)
        asm volatile("dmb oshld\n\teor %0, %1, %1\n\tcbnz %0, ." : "=r"(zero) : "r"(v) : "memory");
    else
        asm volatile("dmb oshld\n\teor %w0, %w1, %w1\n\tcbnz %w0, ."
                     : "=r"(zero)
                     : "r"(v)
                     : "memory");
}
#elif defined(__riscv)
template <class W>
[[gnu::always_inline]] inline W load(Address a) {
    W v;
    if constexpr (sizeof(W) == 1)
        asm volatile("lbu %0, %1" : "=r"(v) : "m"(place<W>(a)));
    else if constexpr (sizeof(W) == 2)
        asm volatile("lhu %0, %1" : "=r"(v) : "m"(place<W>(a)));
    else if constexpr (sizeof(W) == 4)
        asm volatile("lw %0, %1" : "=r"(v) : "m"(place<W>(a)));
    else
        asm volatile("ld %0, %1" : "=r"(v) : "m"(place<W>(a)));
    return v;
}
template <class W>
[[gnu::always_inline]] inline void store(Address a, W v) {
    if constexpr (sizeof(W) == 1)
        asm volatile("sb %z1, %0" : "=m"(place<W>(a)) : "rJ"(v));
    else if constexpr (sizeof(W) == 2)
        asm volatile("sh %z1, %0" : "=m"(place<W>(a)) : "rJ"(v));
    else if constexpr (sizeof(W) == 4)
        asm volatile("sw %z1, %0" : "=m"(place<W>(a)) : "rJ"(v));
    else
        asm volatile("sd %z1, %0" : "=m"(place<W>(a)) : "rJ"(v));
}
[[gnu::always_inline]] inline void before_write() {
    asm volatile("fence w, o" ::: "memory");
}
template <class W>
[[gnu::always_inline]] inline void after_read(W) {
    asm volatile("fence i, ir" ::: "memory");
}
#else
#error "no twins for this instruction set"
#endif

// readl and writel class.
template <class W>
[[gnu::always_inline]] inline W read(Address a) {
    const W v = load<W>(a);
    after_read(v);
    return v;
}
template <class W>
[[gnu::always_inline]] inline void write(Address a, W v) {
    before_write();
    store<W>(a, v);
}

} // namespace raw
