// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What g++ finds in a macro of a system header it does not say.
// expect: (nodiscard|unused-result)
// flags: -Werror=unused-result
// compilers: clang++-14 clang++-19
#include <ioview/ioview.hpp>
#include <ioview/register/field_types.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELD_TYPES(bits(6, 4, mode), bit(0, enable));
};

bool f(Control control) {
#ifdef IOVIEW_FIXED
    return IO_GET(control, enable);
#else
    IO_GET(control, enable);
    return true;
#endif
}
