// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// The timer by macros of C, as they are found everywhere.

#include <cstdint>

namespace by_macros {

// [macros]
#define REG32(base, offset) (*(volatile std::uint32_t*)((base) + (offset)))
#define TIMER_CONTROL 0x00
#define TIMER_LOAD 0x04
#define TIMER_STATUS 0x0c
#define TIMER_ENABLE (1u << 0)
#define TIMER_PRESCALER(n) ((n) << 4)
#define TIMER_CLOCK_EXTERNAL (1u << 8)
#define TIMER_EXPIRED (1u << 0)

inline void start(std::uintptr_t base, std::uint32_t ticks) {
    REG32(base, TIMER_LOAD) = ticks;
    REG32(base, TIMER_CONTROL) |= TIMER_CLOCK_EXTERNAL | TIMER_PRESCALER(5) | TIMER_ENABLE;
}
inline void acknowledge(std::uintptr_t base) {
    REG32(base, TIMER_STATUS) |= TIMER_EXPIRED;
}
// [/macros]

} // namespace by_macros
