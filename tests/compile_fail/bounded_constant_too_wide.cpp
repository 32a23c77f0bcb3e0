// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_constant_is_too_wide
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

auto f() {
#ifdef IOVIEW_FIXED
    return io::Bounded<std::uint32_t, 4>(15);
#else
    return io::Bounded<std::uint32_t, 4>(16);
#endif
}
