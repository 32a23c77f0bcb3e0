// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
#define WIDTHS (sizeof(W) == 4)
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read32(4);
#else
    return bar.read8(4);
#endif
}
