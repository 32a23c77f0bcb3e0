// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: two fields of one register overlap
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(reserved(31, 9), bits(8, 0, level));
#else
    IO_FIELDS(reserved(31, 8), bits(8, 0, level));
#endif
};
