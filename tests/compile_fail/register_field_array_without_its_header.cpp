// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: array\(\.\.\.\) as a field needs #include <ioview/register/field_array\.hpp>
#include <ioview/register.hpp>
#ifdef IOVIEW_FIXED
#include <ioview/register/field_array.hpp>
#endif

#include <cstdint>

namespace io = ioview;

struct Pins : io::Register<Pins, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(array(31, 0, pin, 16));
};
