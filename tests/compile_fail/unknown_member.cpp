// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (has no member named|no member named) .?statuz
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, status;
};
auto f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    return IO_READ(uart, status);
#else
    return IO_READ(uart, statuz);
#endif
}
