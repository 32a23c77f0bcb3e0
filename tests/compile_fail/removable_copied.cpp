// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: what a Removable guards has one owner
#include <ioview/linux/removable.hpp>
#include <ioview/linux/sysfs_bar.hpp>

namespace io = ioview;
using Regs = io::Removable<io::pci::SysfsBar<io::Region<0x10>>>;

std::uint32_t read_id(Regs regs) {
    return regs.read32(0x0);
}
std::uint32_t f(Regs& regs) {
#ifdef IOVIEW_FIXED
    return read_id(std::move(regs));
#else
    return read_id(regs);
#endif
}
