// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (use of deleted function|call to implicitly-deleted default constructor)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Bar : io::Region<0x100> {};
#ifdef IOVIEW_FIXED
auto f(io::Mmio<Bar> bar) {
    return bar.read32(0);
}
#else
Bar bar;
#endif
