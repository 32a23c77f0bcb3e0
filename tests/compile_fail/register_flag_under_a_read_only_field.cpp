// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: two fields of one register overlap
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Data : io::Register<Data, std::uint32_t, io::fixed<0x10>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(bits(7, 0, received, io::ro), bits(7, 0, sent, io::wo));
#else
    IO_FIELDS(bits(7, 0, received, io::ro), bits(7, 0, sent, io::w1c));
#endif
};
