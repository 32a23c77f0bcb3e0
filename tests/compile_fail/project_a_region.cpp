// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: region_has_no_members_view_a_part_first_with_subview
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return IO_READ(bar.subview<Uart>(0), fr);
#else
    return IO_READ(bar, fr);
#endif
}
