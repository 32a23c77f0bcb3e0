// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this field is not written
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Fifo : io::Register<Fifo, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(15, 8, level), bits(7, 0, data, io::rc));
};

auto f() {
#ifdef IOVIEW_FIXED
    return Fifo{}.with_level(1);
#else
    return Fifo{}.with_data(1);
#endif
}
