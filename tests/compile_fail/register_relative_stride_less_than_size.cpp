// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the stride of a register array is less than the size of a register
#include <ioview/register.hpp>

namespace io = ioview;

struct CpuBase;

#ifdef IOVIEW_FIXED
struct Mail : io::Register<Mail, std::uint32_t, io::relative_array<CpuBase, 0x8, 1, 4>> {
#else
struct Mail : io::Register<Mail, std::uint32_t, io::relative_array<CpuBase, 0x8, 1, 2>> {
#endif
    IO_FIELDS(bits(31, 0, word));
};
