// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Accesses and barriers by hand on RISC-V of 64 bits, for raw.hpp.
//
// What is known to take more in functions of corpus.cpp, and why:
//   index_int     clang 14 compares an int index in 64 bits
//   ordered_spin  g++ lays out the loop's exits twice
// known more (riscv64-linux-gnu-g++): ordered_spin=2
// known more (clang++-14): index_int=4

namespace raw {

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
[[gnu::always_inline]] inline void dma_mb() {
    asm volatile("fence iorw, iorw" ::: "memory");
}
[[gnu::always_inline]] inline void dma_rmb() {
    asm volatile("fence ir, ir" ::: "memory");
}
[[gnu::always_inline]] inline void dma_wmb() {
    asm volatile("fence ow, ow" ::: "memory");
}
[[gnu::always_inline]] inline void arrived() { // after a read back
    asm volatile("fence iorw, iorw" ::: "memory");
}

} // namespace raw
