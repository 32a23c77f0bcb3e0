// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the register ends past the target
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Slot : io::Register<Slot, std::uint32_t, io::array<0x80, 8, 8>> {
    IO_FIELDS(bits(31, 0, value));
};

auto f(io::Mmio<io::Region<0xb8>> bar) {
#ifdef IOVIEW_FIXED
    return bar.try_view_of(Slot::at(0));
#else
    return bar.view_of(Slot::at(0));
#endif
}
