// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (convert|conversion)
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint32_t f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read32(16);
#else
    return bar.read32(16.0);
#endif
}
