// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the first argument
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(Uart& uart) {
#ifdef IOVIEW_FIXED
    return IO_READ(io::SysMem<Uart>::from_pointer(&uart), fr);
#else
    return IO_READ(uart, fr);
#endif
}
