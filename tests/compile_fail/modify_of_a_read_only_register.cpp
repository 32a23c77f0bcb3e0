// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this register is io::ro, io::wo or io::rc
// lines: 30: clang 14 says once more that what it refused is incomplete, with the macro again
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(6, 4, mode), bit(0, enable));
};
struct Id : io::Register<Id, std::uint32_t, io::fixed<0x0>, io::ro> {
    IO_FIELDS(bits(31, 0, number));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    IO_MODIFY(bar, Control, mode(1));
#else
    IO_MODIFY(bar, Id, number(1));
#endif
}
