// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: CSRs whose number begins with two ones are read only
#include <ioview/backend/sys_reg.hpp>
#include <ioview/testing/sys_regs.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
constexpr unsigned number = 0xb00; // mcycle
#else
constexpr unsigned number = 0xc00; // cycle
#endif
struct Cycle : io::Register<Cycle, std::uint64_t, io::csr<number>> {
    IO_FIELDS(bits(63, 0, count));
};

void f(io::SysRegs<io::testing::FakeSysRegs> regs) {
    regs.write(Cycle{});
}
