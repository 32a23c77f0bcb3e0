// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a_negative_constant_needs_a_signed_type
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

auto f() {
#ifdef IOVIEW_FIXED
    return io::Bounded<std::int32_t, 4>(-1);
#else
    return io::Bounded<std::uint32_t, 4>(-1);
#endif
}
