// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a companion lies over its register, or over another element
#include <ioview/ioview.hpp>
#include <ioview/register/set_clear.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Out : io::Register<Out, std::uint32_t, io::array<0x10, 4, 8>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<4>>;
};
#else
struct Out : io::Register<Out, std::uint32_t, io::array<0x10, 4>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<4>>;
};
#endif

void f(io::Mmio<io::Region<0x100>> bar) {
    io::set_bits(bar, Out::at(1), Out{}.with_level(1u));
}
