// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_misaligned_for_this_width
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.write16(2, 1);
#else
    bar.write16(1, 1);
#endif
}
