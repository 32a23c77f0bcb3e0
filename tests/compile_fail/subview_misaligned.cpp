// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_misaligned
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.subview<Uart>(4);
#else
    return bar.subview<Uart>(2);
#endif
}
