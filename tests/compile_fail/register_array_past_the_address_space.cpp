// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a register array runs past the end of the address space
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Place = io::array<0x80, 0x1000, 0x100>;
#else
using Place = io::array<0x80, 0x1000, (static_cast<std::size_t>(-1) >> 4) + 1>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
