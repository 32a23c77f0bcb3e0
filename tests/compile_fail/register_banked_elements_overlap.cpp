// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: two elements of a register array lie over each other
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Place = io::banked<0x20, 3, 0x10, 4>;
#else
using Place = io::banked<0x20, 3, 0x10, 5>;
#endif
struct Enable : io::Register<Enable, std::uint32_t, Place> {
    IO_FIELDS(bits(31, 0, sources));
};
