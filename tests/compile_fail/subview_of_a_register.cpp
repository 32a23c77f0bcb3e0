// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a register has a place of its own
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.view_of<Control>();
#else
    return bar.subview<Control>(0x14);
#endif
}
