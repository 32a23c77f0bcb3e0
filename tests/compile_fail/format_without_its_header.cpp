// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (Cannot format an argument|provide a formatter)
// flags: -DFMT_HEADER_ONLY
// lines: 60 fmt's own
#include <ioview/ioview.hpp>
#ifdef IOVIEW_FIXED
#include <ioview/format.hpp>
#endif

#include <fmt/format.h>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, divisor), bit(0, enable));
};
void f(Control control) {
    fmt::print("{}", control);
}
