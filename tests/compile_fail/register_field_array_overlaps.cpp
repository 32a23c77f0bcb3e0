// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: two fields of one register overlap
#include <ioview/register.hpp>
#include <ioview/register/field_array.hpp>

#include <cstdint>

namespace io = ioview;

struct Pins : io::Register<Pins, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(array(15, 0, pin, 16), bit(16, lock));
#else
    IO_FIELDS(array(15, 0, pin, 16), bit(15, lock));
#endif
};
