// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run.time.values.wider.than.the.access.need.a.static_cast
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Desc {
    std::uint32_t low;
    std::uint16_t half;
    std::uint16_t tag;
};

auto f(io::SysMem<Desc[]> ring, unsigned i, std::uint64_t dma) {
#ifdef IOVIEW_FIXED
    return IO_WRITE(ring, try_at(i), low, static_cast<std::uint32_t>(dma));
#else
    return IO_WRITE(ring, try_at(i), low, dma);
#endif
}
