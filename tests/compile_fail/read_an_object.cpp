// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an object is no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    return IO_READ(uart, fr);
#else
    return uart.read();
#endif
}
