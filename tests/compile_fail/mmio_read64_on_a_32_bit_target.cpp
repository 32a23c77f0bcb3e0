// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
// target: arm
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint64_t f(io::Mmio<io::Region<16, 8>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read32(8);
#else
    return bar.read64(8);
#endif
}
