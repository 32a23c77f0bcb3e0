// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: cast<T>.. gives an object or array
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<io::Region<64>> ram) {
#ifdef IOVIEW_FIXED
    return ram.try_subview<std::uint32_t[]>(0, 16);
#else
    return ram.cast<std::uint32_t[]>();
#endif
}
