// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (could not convert|no matching function).*RelaxedMmio<Uart>|no known conversion from
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
void put(io::Mmio<Uart> uart);
void f(io::Mmio<Uart> uart) {
    [[maybe_unused]] auto fast = uart.relaxed();
#ifdef IOVIEW_FIXED
    put(uart);
#else
    put(fast);
#endif
}
