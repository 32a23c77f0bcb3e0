// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: companions lie beside their register
#include <ioview/ioview.hpp>
#include <ioview/register/set_clear.hpp>

namespace io = ioview;

struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>>;
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    io::set_bits(bar, Out{}.with_level(1u));
#else
    io::set_bits(bar.view_of<Out>(), Out{}.with_level(1u));
#endif
}
