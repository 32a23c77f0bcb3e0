// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (.dump. is not a member of|no member named .dump. in)
#include <ioview/ioview.hpp>
#ifdef IOVIEW_FIXED
#include <ioview/format.hpp>
#endif

namespace io = ioview;

auto f(io::Mmio<io::Region<0x100>> bar) {
    return io::dump(bar);
}
