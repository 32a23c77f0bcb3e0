// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the enumeration of a field needs a fixed underlying type
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

enum Open { off, on };
enum Closed : std::uint8_t { no, yes };
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(bits(7, 4, open, Closed));
#else
    IO_FIELDS(bits(7, 4, open, Open));
#endif
};
