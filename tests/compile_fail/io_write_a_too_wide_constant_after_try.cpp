// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: needs.more.bits|changes value
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Desc {
    std::uint32_t low;
    std::uint16_t half;
    std::uint16_t tag;
};

auto f(io::SysMem<Desc[]> ring, unsigned i) {
#ifdef IOVIEW_FIXED
    return IO_WRITE(ring, try_at(i), half, 0xffff);
#else
    return IO_WRITE(ring, try_at(i), half, 0x1'0000);
#endif
}
