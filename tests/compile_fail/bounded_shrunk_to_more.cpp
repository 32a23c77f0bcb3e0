// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: try_shrink\(\) goes to fewer bits
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

auto f(io::Bounded<std::uint8_t, 4> n) {
#ifdef IOVIEW_FIXED
    return n.try_shrink<3>();
#else
    return n.try_shrink<6>();
#endif
}
