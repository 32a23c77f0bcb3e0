// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this value could be cut
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x100>> bar, float volts) {
#ifdef IOVIEW_FIXED
    bar.write32(0x20, static_cast<std::uint32_t>(volts * 1'000));
#else
    bar.write32(0x20, volts * 1'000);
#endif
}
