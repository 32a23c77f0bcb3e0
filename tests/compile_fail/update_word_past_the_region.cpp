// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x100>> bar) {
    const auto next = [](std::uint32_t v) { return v + 1; };
#ifdef IOVIEW_FIXED
    bar.update<std::uint32_t>(0xfc, next);
#else
    bar.update<std::uint32_t>(0x100, next);
#endif
}
