// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run.time.values.wider.than.the.access.need.a.static_cast
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Desc {
    std::uint32_t low;
    std::uint16_t half;
    std::uint16_t tag;
};

void f(io::SysMem<Desc> desc, io::DmaAddress dma) {
#ifdef IOVIEW_FIXED
    IO_WRITE(desc, low, static_cast<std::uint32_t>(dma));
#else
    IO_WRITE(desc, low, dma);
#endif
}
