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
    const int status = wait_for(UART + FR, FR_TXFF, 0, 10, 1000000);
    if (status == 0)
        write32(UART + DR, c);
    return status;
}

int uart_flush(void) {
    return wait_for(UART + FR, FR_TXFE | FR_BUSY, FR_TXFE, 10, 1000000);
}
