// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: .*region.address, size
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
auto raw = io::MmioRaw<io::Region<0x100>>::region(0x1000, 0x100);
#else
auto raw = io::MmioRaw<io::Region<0x100>>::at(0x1000);
#endif
