// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a DevMem is for DevMemReads or for DevMemWrites
#include <ioview/linux/dev_mem.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Use = io::DevMemWrites;
#else
using Use = bool;
#endif
static_assert(sizeof(io::DevMem<io::Region<0x20>, Use>) != 0);
