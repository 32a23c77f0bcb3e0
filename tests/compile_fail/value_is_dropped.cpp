// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What g++ finds in a macro of a system header it does not say.
// expect: (nodiscard|unused-result)
// flags: -Werror=unused-result
// compilers: clang++-14 clang++-19
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(6, 4, mode), bit(0, enable));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.write(IO_VALUE(Control, mode(5)));
#else
    static_cast<void>(bar);
    IO_VALUE(Control, mode(5));
#endif
}
