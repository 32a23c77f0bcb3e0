// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Accesses and barriers by hand on Armv7-M, in Thumb-2, for raw.hpp. No single access has 64 bits.
//
// What is known to take more in functions of corpus.cpp, and why:
//   index_try_read, memory_try_index  g++ makes the refusal of conditional instructions, not a
//   branch relaxed_puts                      g++ holds the end of the text in one register more
//   memory_for                        clang counts from the array, not from the object
// known more (arm-linux-gnueabihf-g++ -O2): relaxed_puts=1,memory_try_index=1
// known more (arm-linux-gnueabihf-g++ -Os): index_try_read=1,memory_try_index=2
// known more (clang++-19 -Os): memory_for=1

namespace raw {

template <class W>
[[gnu::always_inline]] inline W load(Address a) {
    W v;
    if constexpr (sizeof(W) == 1)
        asm volatile("ldrb %0, %1" : "=r"(v) : "Qo"(place<W>(a)));
    else if constexpr (sizeof(W) == 2)
        asm volatile("ldrh %0, %1" : "=r"(v) : "Qo"(place<W>(a)));
    else
        asm volatile("ldr %0, %1" : "=r"(v) : "Qo"(place<W>(a)));
    return v;
}
template <class W>
[[gnu::always_inline]] inline void store(Address a, W v) {
    if constexpr (sizeof(W) == 1)
        asm volatile("strb %1, %0" : "=Qo"(place<W>(a)) : "r"(v));
    else if constexpr (sizeof(W) == 2)
        asm volatile("strh %1, %0" : "=Qo"(place<W>(a)) : "r"(v));
    else
        asm volatile("str %1, %0" : "=Qo"(place<W>(a)) : "r"(v));
}
[[gnu::always_inline]] inline void before_write() {
    asm volatile("dsb" ::: "memory");
}
template <class W>
[[gnu::always_inline]] inline void after_read(W) {
    asm volatile("dsb" ::: "memory");
}
[[gnu::always_inline]] inline void dma_mb() {
    asm volatile("dmb" ::: "memory");
}
[[gnu::always_inline]] inline void dma_rmb() {
    asm volatile("dmb" ::: "memory");
}
[[gnu::always_inline]] inline void dma_wmb() {
    asm volatile("dmb" ::: "memory");
}
[[gnu::always_inline]] inline void arrived() { // after a read back
    asm volatile("dsb" ::: "memory");
}

} // namespace raw
