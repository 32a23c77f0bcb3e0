// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: offsets are for untyped regions
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    return IO_READ(uart, fr);
#else
    return uart.try_read32(4);
#endif
}
