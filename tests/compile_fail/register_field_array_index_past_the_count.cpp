// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: an array of fields has no field of this index
#include <ioview/register.hpp>
#include <ioview/register/field_array.hpp>

#include <cstdint>

namespace io = ioview;

struct Pins : io::Register<Pins, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(array(31, 0, pin, 16));
};

#ifdef IOVIEW_FIXED
constexpr auto last = Pins{}.with_pin(15, 2);
#else
constexpr auto last = Pins{}.with_pin(16, 2);
#endif
