// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a register array has one element or more
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Place = io::array<0x80, 1>;
#else
using Place = io::array<0x80, 0>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
