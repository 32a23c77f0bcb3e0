// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this is a register of the CPU
#include <ioview/backend/sys_reg.hpp>
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Status : io::Register<Status, std::uint64_t, io::fixed<0x300>> {
#else
struct Status : io::Register<Status, std::uint64_t, io::csr<0x300>> {
#endif
    IO_FIELDS(bit(3, enable));
};

auto f(io::Mmio<io::Region<0x1000, 8>> bar) {
    return bar.read<Status>().enable();
}
