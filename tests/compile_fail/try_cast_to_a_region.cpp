// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: try_cast<T>.. gives an object or array
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<io::Region<64>> ram) {
#ifdef IOVIEW_FIXED
    return ram.try_subview<io::Region<16>>(0);
#else
    return ram.try_cast<io::Region<16>>();
#endif
}
