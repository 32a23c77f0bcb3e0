// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: behind its location a register takes an access kind
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>, io::reset<1>, io::ro> {
#else
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>, io::reset<1>, io::reset<2>> {
#endif
    IO_FIELDS(bits(3, 0, mode));
};
