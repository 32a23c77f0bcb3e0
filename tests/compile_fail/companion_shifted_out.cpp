// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the shift of a companion moves fields out of the register
#include <ioview/ioview.hpp>
#include <ioview/register/set_clear.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(reserved(31, 16), bits(7, 0, level));
    using Companions = io::companions<io::set_at<4, 16>>;
};
#else
struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<4, 16>>;
};
#endif

void f(io::Mmio<io::Region<0x100>> bar) {
    io::set_bits(bar, Out{}.with_level(1u));
}
