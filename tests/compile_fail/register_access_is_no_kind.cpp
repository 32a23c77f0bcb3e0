// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: behind its location a register takes an access kind, like io::ro
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Kind = io::ro;
#else
using Kind = int;
#endif
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>, Kind> {
    IO_FIELDS(bits(3, 0, mode));
};
