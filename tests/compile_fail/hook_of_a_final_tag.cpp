// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's tag is final
#ifndef IOVIEW_FIXED
#define TAG Bus final
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
