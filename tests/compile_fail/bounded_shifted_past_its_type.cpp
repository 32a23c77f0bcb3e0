// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: shl\(\) past the type
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

auto f(io::Bounded<std::uint8_t, 4> n) {
#ifdef IOVIEW_FIXED
    return n.shl<4>();
#else
    return n.shl<5>();
#endif
}
