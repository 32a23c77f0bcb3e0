// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index is an integer
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<std::uint32_t[]> words) {
#ifdef IOVIEW_FIXED
    return words.try_at(1);
#else
    return words.try_at(1.5);
#endif
}
