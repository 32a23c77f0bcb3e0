// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
// expect: give the Region a greater minimum
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint32_t f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read32(0xfc);
#else
    return bar.read32(0x100);
#endif
}
