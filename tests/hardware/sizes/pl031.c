// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PL031 real time clock: identify, set, wait for the alarm. The twin in C of pl031.cpp.
#include "mmio.h"

#define RTC 0x09010000u
#define MR 0x04
#define LR 0x08
#define RIS 0x14
#define ICR 0x1c
#define PERIPH_ID(i) (0xfe0 + 4 * (i))

static uint32_t wake_at = 10;

int rtc_start(void) {
    const uint32_t low = read32(RTC + PERIPH_ID(0)) & 0xff;
    const uint32_t high = read32(RTC + PERIPH_ID(1)) & 0xff;
    if (low != 0x31 || high != 0x10)
        return no_device;
    write32(RTC + LR, 0);
    write32(RTC + MR, wake_at);
    return 0;
}

int rtc_wait(void) {
    WAIT_UNTIL(RTC + RIS, (now & 1) != 0);
    return 0;
}

void rtc_clear_alarm(void) {
    write32(RTC + ICR, 1);
    read32(RTC + RIS);
    arrived();
}

int program(void) {
    wake_at += 10;
    int status = rtc_start();
    if (status)
        return status;
    status = rtc_wait();
    if (status)
        return status;
    rtc_clear_alarm();
    return 0;
}
