// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/linux/dev_mem.hpp>

namespace io = ioview;

using Regs = io::Region<0x20>;

void f(const io::DevMem<Regs>& reads, const io::DevMem<Regs, io::DevMemWrites>& writes) {
#ifdef IOVIEW_FIXED
    static_cast<void>(reads);
    writes.write32(0x04, 1);
#else
    static_cast<void>(writes);
    reads.write32(0x04, 1);
#endif
}
