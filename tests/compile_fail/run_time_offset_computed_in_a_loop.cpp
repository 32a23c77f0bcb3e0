// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (not usable in a constant expression|the_offset_is_no_constant_expression)
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint32_t sum(io::Mmio<io::Region<0x100>> bar) {
    std::uint32_t all = 0;
    for (int i = 0; i < 16; ++i) {
#ifdef IOVIEW_FIXED
        all += bar.try_read32(4 * i).value_or(0);
#else
        all += bar.read32(4 * i);
#endif
    }
    return all;
}
