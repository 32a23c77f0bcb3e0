// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the stride of a register array is less than the size of a register
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct One : io::Register<One, std::uint32_t, io::array<0x80, 1, 4>> {
#else
struct One : io::Register<One, std::uint32_t, io::array<0x80, 1, 0>> {
#endif
    IO_FIELDS(bits(31, 0, value));
};
