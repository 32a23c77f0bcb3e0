// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: runs past the end of the address space
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Place = io::fixed<0x80>;
#else
using Place = io::fixed<static_cast<std::size_t>(-4)>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
