// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this register is not the CPU's
#include <ioview/backend/sys_reg.hpp>
#include <ioview/testing/sys_regs.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Status : io::Register<Status, std::uint64_t, io::csr<0x300>> {
#else
struct Status : io::Register<Status, std::uint64_t, io::fixed<0x300>> {
#endif
    IO_FIELDS(bit(3, enable));
};

auto f(io::SysRegs<io::testing::FakeSysRegs> regs) {
    return regs.read<Status>().enable();
}
