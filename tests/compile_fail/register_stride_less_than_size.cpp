// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the stride of a register array is less than the size of a register
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Place = io::array<0x80, 4, 4>;
#else
using Place = io::array<0x80, 4, 2>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
