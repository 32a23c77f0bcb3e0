// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the target is const, so it is read only
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
#ifdef IOVIEW_FIXED
void f(io::Mmio<io::Region<0x100>> bar) {
#else
void f(io::Mmio<const io::Region<0x100>> bar) {
#endif
    bar.view_of<Control>().write(Control{}.with_enable(true));
}
