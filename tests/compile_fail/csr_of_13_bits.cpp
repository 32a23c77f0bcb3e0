// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the number of a CSR is one of 12 bits
#include <ioview/backend/sys_reg.hpp>
#include <ioview/testing/sys_regs.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
constexpr unsigned number = 0x300;
#else
constexpr unsigned number = 0x3000;
#endif
struct Mstatus : io::Register<Mstatus, std::uint64_t, io::csr<number>> {
    IO_FIELDS(bit(3, mie));
};

auto f(io::SysRegs<io::testing::FakeSysRegs> regs) {
    return regs.read<Mstatus>().mie();
}
