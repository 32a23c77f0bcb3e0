// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the high bit of a field is below its low bit
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(unshifted(31, 4, base));
#else
    IO_FIELDS(unshifted(4, 31, base));
#endif
};
