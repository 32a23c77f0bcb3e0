// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a field lies past the end of its register
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(bits(31, 27, mode));
#else
    IO_FIELDS(bits(32, 28, mode));
#endif
};
