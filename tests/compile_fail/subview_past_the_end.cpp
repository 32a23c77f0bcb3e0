// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.subview<Uart>(0xf8);
#else
    return bar.subview<Uart>(0xfc);
#endif
}
