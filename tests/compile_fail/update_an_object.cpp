// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an object is no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
void f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    IO_UPDATE(uart, dr, [](auto v) { return v | 1; });
#else
    uart.update([](auto v) { return v; });
#endif
}
