// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Old and new in one file, while a driver moves function by function.

#include <ioview/ioview.hpp>

#include "macros.hpp"
#include "timer.hpp"

namespace during_the_change {

namespace io = ioview;

// [both]
// One place makes the view of the address that the old code has.
inline auto timer_at(std::uintptr_t base) {
    return io::Mmio<ported::Timer>::from_raw(*io::MmioRaw<ported::Timer>::region(base, 0x20));
}

inline void start(std::uintptr_t base, std::uint32_t ticks) { // moved
    ported::start(timer_at(base), ticks);
}
inline void restart(std::uintptr_t base) { // not yet
    by_macros::acknowledge(base);
    REG32(base, TIMER_CONTROL) = REG32(base, TIMER_CONTROL) | TIMER_ENABLE;
}
inline void stop(std::uintptr_t base) { // half
    REG32(base, TIMER_STATUS) = 3;
    timer_at(base).template update<ported::Control>(
        [](ported::Control control) { return control.with_enable(false); });
}
// [/both]

} // namespace during_the_change
