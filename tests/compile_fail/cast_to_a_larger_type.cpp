// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: cast<T>.. to a type that is larger
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<io::Region<4>> ram) {
#ifdef IOVIEW_FIXED
    return ram.try_cast<std::uint32_t[2]>();
#else
    return ram.cast<std::uint32_t[2]>();
#endif
}
