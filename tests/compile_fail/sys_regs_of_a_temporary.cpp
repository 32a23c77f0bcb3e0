// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the file of registers would end before its view
#include <ioview/backend/sys_reg.hpp>
#include <ioview/testing/sys_regs.hpp>

namespace io = ioview;
using io::testing::FakeSysRegs;

void f() {
#ifdef IOVIEW_FIXED
    FakeSysRegs cpu;
    const io::SysRegs regs{cpu};
#else
    const io::SysRegs<FakeSysRegs> regs{FakeSysRegs{}};
#endif
    static_cast<void>(regs);
}
