// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint64_t f(io::SysMem<io::Region<0x104, 8>> ram) {
#ifdef IOVIEW_FIXED
    return ram.read64(0xf8);
#else
    return ram.read64(0x100); // half of it is inside
#endif
}
