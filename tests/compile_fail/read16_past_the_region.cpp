// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint16_t f(io::Mmio<io::Region<0x102>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read16(0x100);
#else
    return bar.read16(0x102);
#endif
}
