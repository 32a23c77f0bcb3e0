// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: static_at: the index is past the end of the array
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<std::uint32_t[8]> words) {
#ifdef IOVIEW_FIXED
    return words.static_at<7>().read();
#else
    return words.static_at<8>().read();
#endif
}
