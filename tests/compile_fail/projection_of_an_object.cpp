// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a projection starts at a view or an owner; SysMem<T>::from_pointer
#include <ioview/ioview.hpp>

namespace io = ioview;
struct Uart {
    std::uint32_t dr;
};

void f(Uart& uart) {
#ifdef IOVIEW_FIXED
    const auto dr = io::project(io::SysMem<Uart>::from_pointer(&uart), &Uart::dr);
    static_cast<void>(dr);
#else
    io::project(uart, &Uart::dr);
#endif
}
