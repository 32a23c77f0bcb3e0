// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: .*slice.address, count
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
auto raw = io::MmioRaw<std::uint32_t[]>::slice(0x1000, 4);
#else
auto raw = io::MmioRaw<std::uint32_t[]>::at(0x1000);
#endif
