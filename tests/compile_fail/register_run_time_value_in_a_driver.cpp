// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run_time_values_go_through_try_with_x_or_Bounded_masked
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, divisor), bit(0, enable));
};

template <class View>
constexpr void start(View bar, unsigned divisor) {
#ifdef IOVIEW_FIXED
    bar.write(Control{}.with_divisor(io::Bounded<std::uint32_t, 16>::masked(divisor)));
#else
    bar.write(Control{}.with_divisor(divisor));
#endif
}
void f(io::Mmio<io::Region<0x100>> bar, unsigned n) {
    start(bar, n);
}
