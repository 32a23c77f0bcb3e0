// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this register is of another instruction set
#include <ioview/backend/sys_reg.hpp>
#include <ioview/testing/sys_regs.hpp>

namespace io = ioview;

struct Mstatus : io::Register<Mstatus, std::uint64_t, io::csr<0x300>> {
    IO_FIELDS(bit(3, mie));
};

#ifdef IOVIEW_FIXED
auto f(io::SysRegs<io::testing::FakeSysRegs> regs) {
    return regs.read<Mstatus>().mie();
}
#else
auto f() {
    return io::sys_regs.read<Mstatus>().mie();
}
#endif
