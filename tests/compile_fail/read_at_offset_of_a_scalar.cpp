// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: offsets are for untyped regions
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<std::uint32_t> word) {
#ifdef IOVIEW_FIXED
    return word.read();
#else
    return word.read32(0);
#endif
}
