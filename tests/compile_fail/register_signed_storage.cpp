// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the storage of a register is std::uint8_t to std::uint64_t
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Stored = std::uint32_t;
#else
using Stored = std::int32_t;
#endif
struct Control : io::Register<Control, Stored, io::fixed<0x10>> {
    IO_FIELDS(bits(3, 0, mode));
};
