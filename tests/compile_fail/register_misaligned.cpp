// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the offset of a register is misaligned for its storage
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Place = io::fixed<0x14>;
#else
using Place = io::fixed<0x12>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
