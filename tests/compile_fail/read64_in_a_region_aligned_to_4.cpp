// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: region_has_too_small_an_alignment_for_this_width
// expect: Region<Size, Align>
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
std::uint64_t f(io::SysMem<io::Region<0x100, 8>> ram) {
#else
std::uint64_t f(io::SysMem<io::Region<0x100>> ram) {
#endif
    return ram.read64(8);
}
