// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an array or slice is no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<std::uint32_t[4]> words) {
#ifdef IOVIEW_FIXED
    return words.at(0).read();
#else
    return words.read();
#endif
}
