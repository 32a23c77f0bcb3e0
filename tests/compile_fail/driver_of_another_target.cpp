// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: IoOf<
// lines: 19 (g++ tells the way to each header and concept)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
struct Timer {
    std::uint32_t load, value;
};
template <io::IoOf<Uart> Device>
void put(Device uart, char c) {
    IO_WRITE(uart, dr, static_cast<unsigned char>(c));
}
#ifdef IOVIEW_FIXED
void f(io::Mmio<Uart> device) {
#else
void f(io::Mmio<Timer> device) {
#endif
    put(device, 'A');
}
