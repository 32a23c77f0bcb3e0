// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (no match for|no viable overloaded) .?.?operator=|no viable overloaded '='
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
struct Timer {
    std::uint32_t load, value;
};
void f(io::Mmio<Uart>& uart, [[maybe_unused]] io::Mmio<Timer> timer) {
#ifdef IOVIEW_FIXED
    uart = io::Mmio<Uart>{uart};
#else
    uart = timer;
#endif
}
