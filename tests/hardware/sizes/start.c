// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where each program of this folder starts, and its clock: one of the board's, in microseconds.
#include <stdint.h>

int program(void);

volatile uint32_t ticks;

uint64_t board_now(void) {
    return ticks;
}
void board_sleep(uint64_t us) {
    for (uint32_t until = ticks + (uint32_t)us; ticks < until;) {
    }
}
void board_panic(const char* what) {
    for (;;)
        ticks = (uint32_t)(uintptr_t)what;
}
void start(void) {
    ticks = (uint32_t)program();
    for (;;) {
    }
}
