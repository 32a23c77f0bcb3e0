// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run_time_values_go_through_try_new_or_Bounded_masked
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

auto f(std::uint32_t n) {
#ifdef IOVIEW_FIXED
    return io::Bounded<std::uint32_t, 4>::try_new(n);
#else
    return io::Bounded<std::uint32_t, 4>(n);
#endif
}
