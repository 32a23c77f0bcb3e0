// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview:.*width
#include <ioview/linux/sysfs_port_bar.hpp>

namespace io = ioview;

void f(const io::pci::SysfsPortBar<io::Region<0x20, 8>>& ports) {
#ifdef IOVIEW_FIXED
    ports.write32(0x08, 1);
    ports.write32(0x0c, 0);
#else
    ports.write64(0x08, 1);
#endif
}
