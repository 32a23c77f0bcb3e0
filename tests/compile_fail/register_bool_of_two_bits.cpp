// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a bool field is one bit wide
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(bit(0, mode));
#else
    IO_FIELDS(bits(1, 0, mode, bool));
#endif
};
