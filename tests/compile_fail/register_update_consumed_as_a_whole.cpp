// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this register is io::ro, io::wo or io::rc
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Events : io::Register<Events, std::uint32_t, io::fixed<0>, io::rc> {
    IO_FIELDS(bit(0, received));
};

auto f(io::Mmio<io::Region<16>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read<Events>();
#else
    bar.update<Events>([](Events e) { return e; });
#endif
}
