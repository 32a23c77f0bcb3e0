// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access as wide as the register
// lines: 26 (clang 14 says that the check is incomplete, too)
#define WIDTHS (sizeof(W) == 4)
#include "bus.hpp"

#ifdef IOVIEW_FIXED
using Storage = std::uint32_t;
#else
using Storage = std::uint8_t;
#endif
struct Mode : io::Register<Mode, Storage, io::fixed<4>> {
    IO_FIELDS(bits(3, 0, rate));
};
void f(BusView<io::Region<0x10>> bar) {
    bar.write(Mode{}.with_rate(3));
}
