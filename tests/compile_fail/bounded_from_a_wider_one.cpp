// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: bits could be lost
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

auto f(io::Bounded<std::uint32_t, 5> n) {
#ifdef IOVIEW_FIXED
    return n.try_shrink<4>();
#else
    return io::Bounded<std::uint32_t, 4>(n);
#endif
}
