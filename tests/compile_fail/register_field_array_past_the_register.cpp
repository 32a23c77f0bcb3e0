// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a field lies past the end of its register
#include <ioview/register.hpp>
#include <ioview/register/field_array.hpp>

#include <cstdint>

namespace io = ioview;

struct Pins : io::Register<Pins, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(array(31, 16, pin, 16));
#else
    IO_FIELDS(array(32, 17, pin, 16));
#endif
};
