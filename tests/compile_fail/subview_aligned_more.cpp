// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: region_has_too_small_an_alignment
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.try_subview<io::Region<16, 16>>(0x10);
#else
    return bar.subview<io::Region<16, 16>>(0x10);
#endif
}
