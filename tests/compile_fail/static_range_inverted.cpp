// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: static_range.first, last.: first is past last
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<std::uint32_t[8]> words) {
#ifdef IOVIEW_FIXED
    return IO_PROJECT(words, static_range(2, 6));
#else
    return IO_PROJECT(words, static_range(6, 2));
#endif
}
