// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: needs.more.bits|changes value
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.write8(0x20, -128);
#else
    bar.write8(0x20, -129);
#endif
}
