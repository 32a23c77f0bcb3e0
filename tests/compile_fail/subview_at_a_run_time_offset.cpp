// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_offset_is_no_constant_expression
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<io::Region<0x100>> bar, std::size_t offset) {
#ifdef IOVIEW_FIXED
    return bar.try_subview<std::uint32_t>(offset);
#else
    return bar.subview<std::uint32_t>(offset);
#endif
}
