// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_offset_is_no_constant_expression
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint32_t f(io::Mmio<io::Region<0x100>> bar, std::size_t offset) {
#ifdef IOVIEW_FIXED
    return bar.try_read32(offset).value_or(0);
#else
    return bar.read32(offset);
#endif
}
