// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's tag has no project_view
#ifndef IOVIEW_FIXED
#define PROJECT_VIEW
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.as_view();
}
