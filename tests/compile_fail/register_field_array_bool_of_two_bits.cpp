// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a bool field is one bit wide
#include <ioview/register.hpp>
#include <ioview/register/field_array.hpp>

#include <cstdint>

namespace io = ioview;

struct Pins : io::Register<Pins, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(array(31, 0, pin, 32, bool));
#else
    IO_FIELDS(array(31, 0, pin, 16, bool));
#endif
};
