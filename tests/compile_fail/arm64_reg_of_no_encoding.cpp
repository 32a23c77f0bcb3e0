// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the encoding of an AArch64 register is op0, 2 or 3
#include <ioview/backend/sys_reg.hpp>
#include <ioview/testing/sys_regs.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Place = io::arm64_reg<3, 3, 14, 0, 2>;
#else
using Place = io::arm64_reg<3, 14, 3, 0, 2>;
#endif
struct CntVct : io::Register<CntVct, std::uint64_t, Place, io::ro> {
    IO_FIELDS(bits(63, 0, ticks));
};

auto f(io::SysRegs<io::testing::FakeSysRegs> regs) {
    return regs.read<CntVct>().ticks();
}
