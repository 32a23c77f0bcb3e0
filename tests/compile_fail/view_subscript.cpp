// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a view is no pointer
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint32_t f(io::Mmio<std::uint32_t[]> words) {
#ifdef IOVIEW_FIXED
    return words.at(1).read();
#else
    return words[1];
#endif
}
