// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: no value of this type is one access
#include <ioview/ioview.hpp>

namespace io = ioview;

bool f(io::Mmio<io::Region<16>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read<std::uint8_t>(0) != 0;
#else
    return bar.read<bool>(0);
#endif
}
