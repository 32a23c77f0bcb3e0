// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a register has one companion at most that sets
#include <ioview/ioview.hpp>
#include <ioview/register/set_clear.hpp>

namespace io = ioview;

struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(7, 0, level));
#ifdef IOVIEW_FIXED
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>>;
#else
    using Companions = io::companions<io::set_at<4>, io::set_at<8>>;
#endif
};

void f(io::Mmio<io::Region<0x100>> bar) {
    io::set_bits(bar, Out{}.with_level(1u));
}
