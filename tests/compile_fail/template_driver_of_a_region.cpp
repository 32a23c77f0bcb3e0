// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: region_has_no_members_view_a_part_first_with_subview
// lines: 26 (the usual ones, and the instantiation)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
template <class View>
auto status(View uart) {
    return IO_READ(uart, fr);
}
auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return status(bar.subview<Uart>(0));
#else
    return status(bar);
#endif
}
