// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PL011: transmit. The twin in C of pl011.cpp.
#include "mmio.h"

#define UART 0x09000000u
#define DR 0x00
#define FR 0x18
#define FR_TXFF (1u << 5)
#define FR_TXFE (1u << 7)
#define FR_BUSY (1u << 3)

int uart_put(uint8_t c) {
    WAIT_UNTIL(UART + FR, (now & FR_TXFF) == 0);
    write32(UART + DR, c);
    return 0;
}

static inline int is_idle(uint32_t flags) {
    return (flags & FR_TXFE) != 0 && (flags & FR_BUSY) == 0;
}

int uart_flush(void) {
    WAIT_UNTIL(UART + FR, is_idle(now));
    return 0;
}

static uint32_t sent;
int program(void) {
    for (const char* c = "ready\n"; *c; ++c) {
        const int status = uart_put((uint8_t)*c);
        if (status)
            return status;
        ++sent;
    }
    return uart_flush();
}
