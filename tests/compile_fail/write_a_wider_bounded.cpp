// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this value could be cut
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x100>> bar, io::Bounded<std::uint32_t, 12> value) {
#ifdef IOVIEW_FIXED
    bar.write8(0x20, *value.try_shrink<8>());
#else
    bar.write8(0x20, value);
#endif
}
