// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the static index is past the end of the array
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<std::uint32_t[8]> words) {
#ifdef IOVIEW_FIXED
    return io::project(words, io::static_first<1>());
#else
    return io::project(words, io::static_first<-1>());
#endif
}
