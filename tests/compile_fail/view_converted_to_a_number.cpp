// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (cannot convert|no viable conversion)
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint32_t f(io::Mmio<std::uint32_t> word) {
#ifdef IOVIEW_FIXED
    return word.read();
#else
    return word;
#endif
}
