// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the twins in C use: accesses and barriers as a careful driver in C has them, which are those
// of ioview's Mmio. The clock is the board's.
#pragma once
#include <stdint.h>

uint64_t board_now(void);
void board_sleep(uint64_t us);

#if defined(__aarch64__)
static inline uint32_t read32(uintptr_t at) {
    uint32_t value, zero;
    __asm__ volatile("ldr %w0, %1" : "=r"(value) : "Qo"(*(const volatile uint32_t*)at));
    __asm__ volatile("dmb oshld" ::: "memory");
    __asm__ volatile("eor %w0, %w1, %w1\n\tcbnz %w0, ." : "=r"(zero) : "r"(value) : "memory");
    return value;
}
static inline void write32(uintptr_t at, uint32_t value) {
    __asm__ volatile("dmb oshst" ::: "memory");
    __asm__ volatile("str %w1, %0" : "=Qo"(*(volatile uint32_t*)at) : "rZ"(value));
}
#elif defined(__riscv)
static inline uint32_t read32(uintptr_t at) {
    uint32_t value;
    __asm__ volatile("lw %0, %1" : "=r"(value) : "m"(*(const volatile uint32_t*)at));
    __asm__ volatile("fence i, ir" ::: "memory");
    return value;
}
static inline void write32(uintptr_t at, uint32_t value) {
    __asm__ volatile("fence w, o" ::: "memory");
    __asm__ volatile("sw %z1, %0" : "=m"(*(volatile uint32_t*)at) : "rJ"(value));
}
#else
static inline uint32_t read32(uintptr_t at) {
    uint32_t value;
    __asm__ volatile("ldr %0, %1" : "=l"(value) : "Qo"(*(const volatile uint32_t*)at));
    __asm__ volatile("dsb" ::: "memory");
    return value;
}
static inline void write32(uintptr_t at, uint32_t value) {
    __asm__ volatile("dsb" ::: "memory");
    __asm__ volatile("str %1, %0" : "=Qo"(*(volatile uint32_t*)at) : "l"(value));
}
#endif

// As io::wait_until(): a last look after the time is up, and a clock that may wrap.
enum { timed_out = 5 };
static inline int
wait_for(uintptr_t at, uint32_t mask, uint32_t wanted, uint64_t every, uint64_t most) {
    uint64_t last = board_now(), sum = 0;
    int time_is_up = 0;
    while ((read32(at) & mask) != wanted) {
        if (time_is_up)
            return timed_out;
        board_sleep(every);
        const uint64_t now = board_now(), step = now - last;
        last = now;
        sum = sum + step < sum ? UINT64_MAX : sum + step;
        time_is_up = sum >= most;
    }
    return 0;
}
