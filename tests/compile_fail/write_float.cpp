// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: no value of this type is one access
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::SysMem<io::Region<16>> ram) {
#ifdef IOVIEW_FIXED
    ram.write<std::uint32_t>(0, 0x3f80'0000);
#else
    ram.write<float>(0, 1.0f);
#endif
}
