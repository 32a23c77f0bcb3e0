// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_constant_is_too_wide_for_its_bits
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(6, 4, mode), bit(0, enable));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    IO_MODIFY(bar, Control, mode(7));
#else
    IO_MODIFY(bar, Control, mode(8));
#endif
}
