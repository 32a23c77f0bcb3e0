// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: what the function given to update.. returns could be cut
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Desc {
    std::uint32_t low;
    std::uint16_t half;
    std::uint16_t tag;
};

void f(io::SysMem<Desc> desc, std::uint64_t dma) {
#ifdef IOVIEW_FIXED
    IO_UPDATE(desc, low, [=](std::uint32_t old) { return static_cast<std::uint32_t>(old + dma); });
#else
    IO_UPDATE(desc, low, [=](std::uint32_t old) { return old + dma; });
#endif
}
