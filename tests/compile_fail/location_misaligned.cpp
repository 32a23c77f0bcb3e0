// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: accesses are naturally aligned
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<io::Region<0x40>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read(io::offset<std::uint32_t, 0x14>());
#else
    return bar.read(io::offset<std::uint32_t, 0x12>());
#endif
}
