// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the value type of a field has fewer bits than the field
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

enum class Mode : std::uint8_t { off, on };
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(bits(7, 0, mode, Mode));
#else
    IO_FIELDS(bits(11, 0, mode, Mode));
#endif
};
