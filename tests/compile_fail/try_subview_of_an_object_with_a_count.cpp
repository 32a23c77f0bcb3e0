// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: .*count
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.try_subview<std::uint32_t[4]>(0);
#else
    return bar.try_subview<std::uint32_t>(0, 4);
#endif
}
