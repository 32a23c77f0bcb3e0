// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: .*
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    return IO_PROJECT(uart, fr);
#else
    return uart.subview<std::uint32_t>(4);
#endif
}
