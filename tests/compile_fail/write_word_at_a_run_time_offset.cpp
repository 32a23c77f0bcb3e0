// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_offset_is_no_constant_expression
#include <ioview/ioview.hpp>

namespace io = ioview;

bool f(io::Mmio<io::Region<0x100>> bar, std::size_t offset) {
#ifdef IOVIEW_FIXED
    return bar.try_write<std::uint16_t>(offset, 1).has_value();
#else
    return bar.write<std::uint16_t>(offset, 1), true;
#endif
}
