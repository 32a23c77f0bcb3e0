// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_constant_is_too_wide
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Bar : io::Register<Bar, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(unshifted(31, 4, base), bits(3, 0, kind));
};

auto f() {
#ifdef IOVIEW_FIXED
    return Bar{}.with_base(0xfebf'0000u);
#else
    return Bar{}.with_base(0xfebf'0008u);
#endif
}
