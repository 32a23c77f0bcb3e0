// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_constant_is_too_wide_for_its_bits
#include <ioview/ioview.hpp>

namespace io = ioview;

template <class View>
constexpr void start(View bar) {
#ifdef IOVIEW_FIXED
    const io::Bounded<std::uint32_t, 4> level = 15;
#else
    const io::Bounded<std::uint32_t, 4> level = 16;
#endif
    bar.write32(0, level);
}
void f(io::Mmio<io::Region<0x100>> bar) {
    start(bar);
}
