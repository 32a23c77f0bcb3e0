// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an address is no view
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<std::uint32_t> word) {
#ifdef IOVIEW_FIXED
    word.write(1u);
#else
    word = 1u;
#endif
}
