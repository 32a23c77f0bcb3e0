// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: update\(\) would write back an io::wo field that cannot be read
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Data : io::Register<Data, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(15, 8, level), bits(7, 0, received, io::ro), bits(7, 0, sent, io::wo));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.write(Data{}.with_sent(1));
#else
    bar.update<Data>([](Data r) { return r.with_sent(1); });
#endif
}
