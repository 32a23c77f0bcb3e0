// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the register ends past the target
#include <ioview/ioview.hpp>
#include <ioview/register/set_clear.hpp>

namespace io = ioview;

struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<0x100>>;
};

#ifdef IOVIEW_FIXED
void f(io::Mmio<io::Region<0x114>> bar) {
#else
void f(io::Mmio<io::Region<0x110>> bar) {
#endif
    io::set_bits(bar, Out{}.with_level(1u));
}
