// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this target is no region; at.address
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
auto raw = io::MmioRaw<std::uint32_t>::at(0x1000);
#else
auto raw = io::MmioRaw<std::uint32_t>::region(0x1000, 4);
#endif
