// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.write8(0xff, 1);
#else
    bar.write8(0x100, 1);
#endif
}
