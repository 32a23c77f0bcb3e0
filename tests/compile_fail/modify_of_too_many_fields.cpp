// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: at_most_16_fields_in_one_IO_MODIFY_or_IO_VALUE
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Bits : io::Register<Bits, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(16, q),
              bit(15, p),
              bit(14, o),
              bit(13, n),
              bit(12, m),
              bit(11, l),
              bit(10, k),
              bit(9, j),
              bit(8, i),
              bit(7, h),
              bit(6, g),
              bit(5, f),
              bit(4, e),
              bit(3, d),
              bit(2, c),
              bit(1, b),
              bit(0, a));
};

// clang-format off
void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    IO_MODIFY(bar, Bits, a(true), b(true), c(true), d(true), e(true), f(true), g(true), h(true), i(true), j(true), k(true), l(true), m(true), n(true), o(true), p(true));
#else
    IO_MODIFY(bar, Bits, a(true), b(true), c(true), d(true), e(true), f(true), g(true), h(true), i(true), j(true), k(true), l(true), m(true), n(true), o(true), p(true), q(true));
#endif
}
