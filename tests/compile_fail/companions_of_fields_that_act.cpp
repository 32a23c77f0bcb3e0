// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a companion changes bits that hold what is written
#include <ioview/ioview.hpp>
#include <ioview/register/set_clear.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(31, overrun, io::ro), bits(7, 0, level));
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>>;
};
#else
struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(31, overrun, io::w1c), bits(7, 0, level));
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>>;
};
#endif

void f(io::Mmio<io::Region<0x100>> bar) {
    io::set_bits(bar, Out{}.with_level(1u));
}
