// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: region_has_too_small_an_alignment_for_this_width
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
void f(io::Mmio<io::Region<0x100, 8>> bar) {
#else
void f(io::Mmio<io::Region<0x100>> bar) {
#endif
    bar.write64(8, 1);
}
