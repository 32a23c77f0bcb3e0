// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the reset value of a register has more bits than its storage
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Control : io::Register<Control, std::uint8_t, io::fixed<0x10>, io::reset<0xff>> {
#else
struct Control : io::Register<Control, std::uint8_t, io::fixed<0x10>, io::reset<0x100>> {
#endif
    IO_FIELDS(bits(3, 0, mode));
};
