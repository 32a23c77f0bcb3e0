// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this register is read only \(io::ro\)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Head : io::Register<Head, std::uint32_t, io::fixed<0x10>, io::ro> {
    IO_FIELDS(bits(15, 0, index));
};
struct Tail : io::Register<Tail, std::uint32_t, io::fixed<0x18>, io::wo> {
    IO_FIELDS(bits(15, 0, index));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    io::publish(bar.view_of<Tail>(), Tail{});
#else
    io::publish(bar.view_of<Head>(), Head{});
#endif
}
