// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
#include <ioview/ioview.hpp>

namespace io = ioview;

template <class View>
constexpr void start(View bar) {
#ifdef IOVIEW_FIXED
    bar.write32(0xfc, 1);
#else
    bar.write32(0x100, 1);
#endif
}
void f(io::Mmio<io::Region<0x100>> bar) {
    start(bar);
}
