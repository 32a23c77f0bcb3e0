// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a field lies past the end of its register
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint8_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(bit(7, enable));
#else
    IO_FIELDS(bit(8, enable));
#endif
};
