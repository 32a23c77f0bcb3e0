// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: static_at needs an array of known length
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::SysMem<std::uint32_t[]> words) {
#ifdef IOVIEW_FIXED
    return words.at(3).read();
#else
    return words.static_at<3>().read();
#endif
}
