// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr;
    const std::uint32_t fr;
};
void f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    IO_WRITE(uart, dr, 1u);
#else
    IO_WRITE(uart, fr, 1u);
#endif
}
