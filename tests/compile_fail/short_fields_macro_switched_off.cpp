// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (expected .\). before numeric constant|IO_FIELDS|expected parameter declarator)
// lines: 40 compilers read the fields as a function's parameters
#define IOVIEW_NO_SHORT_MACROS
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IOVIEW_FIELDS(bits(31, 16, divisor), bit(0, enable));
#else
    IO_FIELDS(bits(31, 16, divisor), bit(0, enable));
#endif
};
