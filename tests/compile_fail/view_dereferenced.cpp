// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a view is no pointer
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
std::uint32_t f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    return IO_READ(uart, fr);
#else
    return (*uart).fr;
#endif
}
