// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: cannot be used as a function|is not a function
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<std::uint32_t> word) {
#ifdef IOVIEW_FIXED
    word.update([](std::uint32_t v) { return v | 1; });
#else
    word.update(1u);
#endif
}
