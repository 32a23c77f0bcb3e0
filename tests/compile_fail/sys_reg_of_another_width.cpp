// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this register of the CPU has another width
#include <ioview/backend/sys_reg.hpp>
#include <ioview/testing/sys_regs.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Word = std::uint64_t;
#else
using Word = std::uint32_t;
#endif
struct ApicBase : io::Register<ApicBase, Word, io::msr<0x1b>> {
    IO_FIELDS(bit(11, enable));
};

auto f(io::SysRegs<io::testing::FakeSysRegs> regs) {
    return regs.read<ApicBase>().enable();
}
