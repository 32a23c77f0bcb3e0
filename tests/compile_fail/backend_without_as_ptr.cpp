// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's tag has no as_ptr
#ifndef IOVIEW_FIXED
#define AS_PTR
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.as_view();
}
