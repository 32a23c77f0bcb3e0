// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run_time_values_go_through_try_with_x_or_Bounded_masked
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Bar : io::Register<Bar, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(unshifted(31, 4, base), bits(3, 0, kind));
};

auto f(std::uint32_t n) {
#ifdef IOVIEW_FIXED
    return Bar{}.try_with_base(n);
#else
    return Bar{}.with_base(n);
#endif
}
