// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (.IO_READ. was not declared|undeclared identifier .fr.)
#define IOVIEW_NO_SHORT_MACROS
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
std::uint32_t f(io::Mmio<Uart> uart) {
#ifdef IOVIEW_FIXED
    return IOVIEW_READ(uart, fr);
#else
    return IO_READ(uart, fr);
#endif
}
