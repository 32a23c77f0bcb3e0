// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Accesses and barriers by hand on x86-64, for raw.hpp.
//
// What is known to take more in functions of corpus.cpp, and why:
//   index_two, memory_index_two   g++ finds no common factor of the two indices
//   memory_index_word             g++ folds no addition into a volatile access after the fact
// known more (g++): memory_index_word=1
// known more (g++ -O2): index_two=1,memory_index_two=1

namespace raw {

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
[[gnu::always_inline]] inline void dma_mb() {
    asm volatile("mfence" ::: "memory");
}
[[gnu::always_inline]] inline void dma_rmb() {
    asm volatile("" ::: "memory");
}
[[gnu::always_inline]] inline void dma_wmb() {
    asm volatile("" ::: "memory");
}
[[gnu::always_inline]] inline void arrived() { // after a read back
    asm volatile("" ::: "memory");
}

} // namespace raw
