// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: at_most_8_steps_in_one_projection
#include <ioview/ioview.hpp>

namespace io = ioview;

using Cube = std::uint32_t[1][1][1][1][1][1][1][1][1];
auto f(io::SysMem<Cube> cube) {
#ifdef IOVIEW_FIXED
    auto line = IO_PROJECT(cube, at(0), at(0), at(0), at(0), at(0), at(0), at(0), at(0));
    return IO_READ(line, at(0));
#else
    return IO_READ(cube, at(0), at(0), at(0), at(0), at(0), at(0), at(0), at(0), at(0));
#endif
}
