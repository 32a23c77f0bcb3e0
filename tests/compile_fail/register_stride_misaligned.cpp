// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the stride of a register array is misaligned for its storage
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Place = io::array<0x80, 4, 8>;
#else
using Place = io::array<0x80, 4, 6>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
