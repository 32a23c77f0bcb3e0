// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (conversion from|no viable conversion)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    io::RelaxedMmio<Uart> fast = uart.relaxed();
#else
    io::RelaxedMmio<Uart> fast = uart;
#endif
    return fast;
}
