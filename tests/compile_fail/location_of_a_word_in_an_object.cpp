// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offsets are for untyped regions
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Block {
    std::uint32_t control, status;
};

auto f(io::Mmio<Block> block) {
#ifdef IOVIEW_FIXED
    return IO_READ(block, status);
#else
    return block.read(io::offset<std::uint32_t, 4>());
#endif
}
