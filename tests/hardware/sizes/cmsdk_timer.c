// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// CMSDK timer: start, stop, acknowledge, wait. The twin in C of cmsdk_timer.cpp.
#include "mmio.h"

#define TIMER 0x40000000u
#define CTRL 0x0
#define CTRL_ENABLE (1u << 0)
#define CTRL_INTERRUPT (1u << 3)
#define VALUE 0x4
#define RELOAD 0x8
#define INT 0xc

void timer_start(uint32_t ticks) {
    write32(TIMER + CTRL, 0);
    write32(TIMER + INT, 1);
    write32(TIMER + RELOAD, ticks);
    write32(TIMER + VALUE, ticks);
    write32(TIMER + CTRL, CTRL_INTERRUPT | CTRL_ENABLE);
}

void timer_stop(void) {
    write32(TIMER + CTRL, 0);
}

void timer_acknowledge(void) {
    write32(TIMER + INT, 1);
}

int timer_wait(void) {
    WAIT_UNTIL(TIMER + INT, (now & 1) != 0);
    write32(TIMER + INT, 1);
    return 0;
}

static volatile uint32_t period = 25 * 1000;
int program(void) {
    timer_start(period);
    const int status = timer_wait();
    timer_acknowledge();
    timer_stop();
    return status;
}
