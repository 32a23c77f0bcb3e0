// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: needs.more.bits
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.write32(0x20, 0xffff'ffffull);
#else
    bar.write32(0x20, 0x1'0000'0000);
#endif
}
