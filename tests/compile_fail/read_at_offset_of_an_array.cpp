// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: offsets are for untyped regions
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<std::uint32_t[]> words) {
#ifdef IOVIEW_FIXED
    return words.at(1).read();
#else
    return words.read32(4);
#endif
}
