// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_index_is_past_the_count_of_the_register_array
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Slot : io::Register<Slot, std::uint32_t, io::array<0x10, 4>> {
    IO_FIELDS(bit(0, enable));
};

template <class View>
constexpr auto last(View bar) {
#ifdef IOVIEW_FIXED
    return bar.read(Slot::at(3));
#else
    return bar.read(Slot::at(4));
#endif
}
auto f(io::Mmio<io::Region<0x100>> bar) {
    return last(bar);
}
