// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: is of io::w1c or its like as a whole
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Events : io::Register<Events, std::uint32_t, io::fixed<0x10>, io::w1c> {
    IO_FIELDS(bit(1, overrun), bit(0, done));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.update<Events>([](Events r) { return r.with_done(true); });
#else
    IO_MODIFY(bar, Events, done(true));
#endif
}
