// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// The timer as a struct of volatile members, with bit-fields.

#include <cstdint>

namespace by_struct {

// [struct]
struct Timer {
    union {
        volatile std::uint32_t control;
        volatile struct {
            std::uint32_t enable : 1;
            std::uint32_t : 3;
            std::uint32_t prescaler : 3;
            std::uint32_t : 1;
            std::uint32_t clock : 2;
        } control_bits;
    };
    volatile std::uint32_t load;
    const volatile std::uint32_t value;
    volatile std::uint32_t status;
    volatile std::uint32_t compare[4];
};

inline void start(Timer* timer, std::uint32_t ticks) {
    timer->load = ticks;
    timer->control_bits.clock = 1;     // a read and a write
    timer->control_bits.prescaler = 5; // and again
    timer->control_bits.enable = 1;    // and again
}
inline void acknowledge(Timer* timer) {
    timer->status |= 1;
}
// [/struct]

} // namespace by_struct
