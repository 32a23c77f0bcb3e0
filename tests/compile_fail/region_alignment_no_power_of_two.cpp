// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the alignment of a Region is a power of two
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Bar : io::Region<0x100, 8> {};
#else
struct Bar : io::Region<0x100, 6> {};
#endif
auto f(io::Mmio<Bar> bar) {
    return bar.read32(0);
}
