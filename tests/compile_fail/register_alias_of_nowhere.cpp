// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: an alias names a register that has no location
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Member : io::Register<Member, std::uint32_t> {};
#ifdef IOVIEW_FIXED
using Place = io::fixed<0>;
#else
using Place = io::alias<Member>;
#endif
struct Control : io::Register<Control, std::uint32_t, Place> {
    IO_FIELDS(bits(3, 0, mode));
};
