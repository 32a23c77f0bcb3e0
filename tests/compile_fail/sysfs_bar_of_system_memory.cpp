// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a BAR is mapped as MmioBackend or as WriteCombiningBackend
#include <ioview/backend/sys_mem.hpp>
#include <ioview/linux/sysfs_bar.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Backend = io::WriteCombiningBackend;
#else
using Backend = io::SysMemBackend;
#endif
static_assert(sizeof(io::pci::SysfsBar<io::Region<0x20>, Backend>) != 0);
