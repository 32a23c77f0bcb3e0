// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_constant_is_too_wide_for_its_bits
// compilers: clang++-14 clang++-19
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, divisor), bit(0, enable));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.update<Control>([](Control c) { return c.with_divisor(0xffff); });
#else
    bar.update<Control>([](Control c) { return c.with_divisor(0x1'0000); });
#endif
}
