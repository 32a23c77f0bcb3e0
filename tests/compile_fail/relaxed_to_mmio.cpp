// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (conversion from|no viable conversion|no matching)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    io::RelaxedMmio<Uart> other = uart.relaxed();
#else
    io::Mmio<Uart> other = uart.relaxed();
#endif
    return other;
}
