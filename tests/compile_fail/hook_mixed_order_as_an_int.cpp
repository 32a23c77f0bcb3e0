// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's mixed_order has another form
#ifdef IOVIEW_FIXED
#define HOOK static constexpr bool mixed_order = false;
#else
#define HOOK static constexpr int mixed_order = 0;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
