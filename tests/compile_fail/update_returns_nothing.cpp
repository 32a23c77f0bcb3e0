// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the function given to update.. returns nothing
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::SysMem<std::uint32_t> word) {
#ifdef IOVIEW_FIXED
    word.update([](std::uint32_t old) { return old | 1; });
#else
    word.update([](std::uint32_t old) { static_cast<void>(old | 1); });
#endif
}
