// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: an alias of a register array names one element
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Scratch : io::Register<Scratch, std::uint32_t, io::array<0x80, 8, 8>> {};
#ifdef IOVIEW_FIXED
using Place = io::alias<Scratch, 3>;
#else
using Place = io::alias<Scratch>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
