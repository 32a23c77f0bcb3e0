// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this is a register array
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Slot : io::Register<Slot, std::uint32_t, io::array<0x80, 8, 8>> {
    IO_FIELDS(bits(31, 0, value));
};

auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.view_of(Slot::at(0));
#else
    return bar.view_of<Slot>();
#endif
}
