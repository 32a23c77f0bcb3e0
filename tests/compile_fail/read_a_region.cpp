// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a region is no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<io::Region<16>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read32(0);
#else
    return bar.read();
#endif
}
