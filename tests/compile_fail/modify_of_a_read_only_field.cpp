// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this field is not written
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(6, 4, mode), bit(0, ready, io::ro));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    IO_MODIFY(bar, Control, mode(1));
#else
    IO_MODIFY(bar, Control, ready(true));
#endif
}
