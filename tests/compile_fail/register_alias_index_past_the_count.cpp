// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the index of an alias is past the count of the register array
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Scratch : io::Register<Scratch, std::uint32_t, io::array<0x80, 8, 8>> {};
#ifdef IOVIEW_FIXED
using Place = io::alias<Scratch, 7>;
#else
using Place = io::alias<Scratch, 8>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
