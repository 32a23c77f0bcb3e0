// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
#ifdef IOVIEW_FIXED
void f(io::Mmio<Uart> uart) {
#else
void f(io::Mmio<const Uart> uart) {
#endif
    IO_UPDATE(uart, dr, [](auto v) { return v | 1; });
}
