// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_offset_is_no_constant_expression
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint32_t sum(io::Mmio<io::Region<0x100>> bar) {
    std::uint32_t all = 0;
    for (std::size_t offset = 0; offset < 0x40; offset += 4) {
#ifdef IOVIEW_FIXED
        all += bar.try_read32(offset).value_or(0);
#else
        all += bar.read32(offset);
#endif
    }
    return all;
}
