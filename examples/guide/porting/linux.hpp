// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// The timer as a driver of Linux has it, and a block that is in device or system memory.

#include "stand_in/linux_io.h"

namespace by_linux {

// [linux]
enum { CONTROL = 0x00, LOAD = 0x04, STATUS = 0x0c };

struct timer_device {
    u8 __iomem* base;
};

inline void start(struct timer_device* timer, u32 ticks) {
    u32 control;

    writel(ticks, timer->base + LOAD);
    control = readl(timer->base + CONTROL);
    control &= ~0x370;
    control |= 1 << 8 | 5 << 4 | 1;
    writel(control, timer->base + CONTROL);
}
inline void acknowledge(struct timer_device* timer) {
    writel(1, timer->base + STATUS);
}
// [/linux]

// [iosys_map]
inline void set_size(struct iosys_map* map, u32 width, u32 height) {
    iosys_map_wr(map, 0x8, u32, width);
    iosys_map_wr(map, 0xc, u32, height);
}
// [/iosys_map]

} // namespace by_linux
