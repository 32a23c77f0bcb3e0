// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Accesses and barriers by hand on AArch64, for raw.hpp.
//
// What is known to take more in functions of corpus.cpp, and why:
//   index_int         clang 14 compares an int index in 64 bits
//   memory_index_two  clang 14 finds no common factor of the two indices
//   range_loop, _for  g++ branches at each of the two ends, where it could join the comparisons
// known more (clang++-14): index_int=1,memory_index_two=1
// known more (aarch64-linux-gnu-g++ -Os): range_loop=1,range_for=1

namespace raw {

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
[[gnu::always_inline]] inline void dma_mb() {
    asm volatile("dmb osh" ::: "memory");
}
[[gnu::always_inline]] inline void dma_rmb() {
    asm volatile("dmb oshld" ::: "memory");
}
[[gnu::always_inline]] inline void dma_wmb() {
    asm volatile("dmb oshst" ::: "memory");
}
[[gnu::always_inline]] inline void arrived() { // after a read back
    asm volatile("dsb sy" ::: "memory");
}

} // namespace raw
