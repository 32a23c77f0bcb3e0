// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a static index needs an array of known length
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<std::uint32_t[]> words) {
#ifdef IOVIEW_FIXED
    return IO_PROJECT(words, from(3));
#else
    return IO_PROJECT(words, static_from(3));
#endif
}
