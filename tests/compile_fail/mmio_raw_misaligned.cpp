// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: panic
#include <ioview/region.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
static_assert(io::MmioRaw<std::uint32_t>::at(0x1000).address() == 0x1000);
#else
static_assert(io::MmioRaw<std::uint32_t>::at(0x1002).address() == 0x1002);
#endif
