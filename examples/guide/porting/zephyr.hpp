// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// The timer as a driver of Zephyr has it.

#include "stand_in/zephyr_io.h"

namespace by_zephyr {

// [zephyr]
struct timer_config {
    DEVICE_MMIO_ROM;
};

inline void start(const struct device* dev, uint32_t ticks) {
    mm_reg_t base = DEVICE_MMIO_GET(dev);

    sys_write32(ticks, base + 0x04);
    sys_set_bits(base + 0x00, 1 << 8 | 5 << 4 | 1);
}
inline void acknowledge(const struct device* dev) {
    sys_set_bits(DEVICE_MMIO_GET(dev) + 0x0c, 1);
}
// [/zephyr]

} // namespace by_zephyr
