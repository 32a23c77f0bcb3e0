// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: an alias is wider than the register that it names
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Narrow : io::Register<Narrow, std::uint16_t, io::fixed<0x10>> {};
struct Wide : io::Register<Wide, std::uint32_t, io::fixed<0x10>> {};
#ifdef IOVIEW_FIXED
using Place = io::alias<Wide>;
#else
using Place = io::alias<Narrow>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
