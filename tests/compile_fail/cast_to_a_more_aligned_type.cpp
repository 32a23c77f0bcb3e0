// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: cast<T>.. to a type that is aligned more strictly
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<io::Region<64>> ram) {
#ifdef IOVIEW_FIXED
    return ram.try_cast<std::uint64_t>();
#else
    return ram.cast<std::uint64_t>();
#endif
}
