// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the bits of a Bounded are 1 to the bits of its type
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

auto f() {
#ifdef IOVIEW_FIXED
    return io::Bounded<std::uint8_t, 8>::masked(1);
#else
    return io::Bounded<std::uint8_t, 9>::masked(1);
#endif
}
