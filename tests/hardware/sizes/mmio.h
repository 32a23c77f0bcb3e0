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
static inline void arrived(void) { // after a read back
    __asm__ volatile("dsb sy" ::: "memory");
}
#elif defined(__riscv)
static inline uint32_t read32(uintptr_t at) {
    const uint32_t value = *(const volatile uint32_t*)at;
    __asm__ volatile("fence i, ir" ::: "memory");
    return value;
}
static inline void write32(uintptr_t at, uint32_t value) {
    __asm__ volatile("fence w, o" ::: "memory");
    *(volatile uint32_t*)at = value;
}
static inline void arrived(void) {
    __asm__ volatile("fence iorw, iorw" ::: "memory");
}
#else
static inline uint32_t read32(uintptr_t at) {
    uint32_t value;
    __asm__ volatile("ldr %0, %1" : "=r"(value) : "Qo"(*(const volatile uint32_t*)at));
    __asm__ volatile("dsb" ::: "memory");
    return value;
}
static inline void write32(uintptr_t at, uint32_t value) {
    __asm__ volatile("dsb" ::: "memory");
    __asm__ volatile("str %1, %0" : "=Qo"(*(volatile uint32_t*)at) : "r"(value));
}
static inline void arrived(void) {
    __asm__ volatile("dsb" ::: "memory");
}
#endif

// As io::wait_until(): what reads as all ones has gone, a clock that steps back ends no wait, and
// there is a last look after the time is up.
enum { timed_out = 5, no_device = 8 };
#define WAIT_UNTIL(at, condition)                                                                  \
    do {                                                                                           \
        const uint64_t start = board_now();                                                        \
        int time_is_up = 0;                                                                        \
        for (;;) {                                                                                 \
            const uint32_t now = read32(at);                                                       \
            if (now == ~0u)                                                                        \
                return no_device;                                                                  \
            if (condition)                                                                         \
                break;                                                                             \
            if (time_is_up)                                                                        \
                return timed_out;                                                                  \
            board_sleep(10);                                                                       \
            time_is_up = (int64_t)(board_now() - start) >= 1000 * 1000;                          \
        }                                                                                          \
    } while (0)
