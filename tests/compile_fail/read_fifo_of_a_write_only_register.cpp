// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this register is write only \(io::wo\)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Data : io::Register<Data, std::uint32_t, io::fixed<0x10>, io::wo> {
    IO_FIELDS(bits(31, 0, word));
};

void f(io::Mmio<io::Region<0x100>> bar, std::uint32_t (&words)[8]) {
#ifdef IOVIEW_FIXED
    bar.view_of<Data>().write_fifo(words);
#else
    bar.view_of<Data>().read_fifo(words);
#endif
}
