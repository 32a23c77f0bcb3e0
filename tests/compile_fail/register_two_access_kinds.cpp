// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a field takes a value type, then one access kind
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(bits(3, 0, mode, io::ro));
#else
    IO_FIELDS(bits(3, 0, mode, io::ro, io::w1c));
#endif
};
