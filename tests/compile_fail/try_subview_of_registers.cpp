// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a register has a place of its own
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Slot : io::Register<Slot, std::uint32_t, io::array<0x80, 4>> {
    IO_FIELDS(bits(31, 0, value));
};

auto f(io::Mmio<io::Region<0x100>> bar, [[maybe_unused]] std::size_t i) {
#ifdef IOVIEW_FIXED
    return bar.try_view_of(Slot::at(3));
#else
    return bar.try_subview<Slot[]>(0x80, i);
#endif
}
