// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: needs.more.bits|changes value
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Desc {
    std::uint32_t low;
    std::uint16_t half;
    std::uint16_t tag;
};

void f(io::SysMem<Desc> desc) {
#ifdef IOVIEW_FIXED
    IO_WRITE(desc, half, 0xffff);
#else
    IO_WRITE(desc, half, 0x1'0000);
#endif
}
