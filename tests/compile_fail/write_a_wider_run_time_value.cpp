// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run.time.values.wider.than.the.access.need.a.static_cast
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x100>> bar, std::uint64_t dma) {
#ifdef IOVIEW_FIXED
    bar.write32(0x20, static_cast<std::uint32_t>(dma));
#else
    bar.write32(0x20, dma);
#endif
}
