// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a projection starts at a view or an owner; SysMem<T>::from_pointer
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(Uart& uart) {
#ifdef IOVIEW_FIXED
    return io::project(io::SysMem<Uart>::from_pointer(&uart), &Uart::fr);
#else
    return io::project(uart, &Uart::fr);
#endif
}
