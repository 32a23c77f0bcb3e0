// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a step is a pointer to a data member, or an index
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<std::uint32_t[8]> words) {
#ifdef IOVIEW_FIXED
    return io::project(words, io::at(3));
#else
    return io::project(words, 3);
#endif
}
