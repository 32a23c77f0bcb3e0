// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Accesses and barriers by hand on RISC-V of 64 bits, for raw.hpp.
//
// What is known to take more in functions of corpus.cpp, and why:
//   index_int     clang 14 compares an int index in 64 bits
//   index_nested  g++ adds the base before a shift that the constant could join
//   ordered_spin  g++ lays out the loop's exits twice
// known more (clang++-14): index_int=4,removable_read=1
// known more (riscv64-linux-gnu-g++ -Os): index_nested=1
// known more (riscv64-linux-gnu-g++ -O2): ordered_spin=1

namespace raw {

template <class W>
[[gnu::always_inline]] inline W load(Address a) {
    return place<W>(a);
}
template <class W>
[[gnu::always_inline]] inline void store(Address a, W v) {
    place<W>(a) = v;
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
