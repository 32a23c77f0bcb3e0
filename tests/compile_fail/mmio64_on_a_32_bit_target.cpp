// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
// target: arm
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Timer {
    std::uint64_t count;
    std::uint32_t low;
};
std::uint64_t f(io::Mmio<Timer> timer) {
#ifdef IOVIEW_FIXED
    return IO_READ(timer, low);
#else
    return IO_READ(timer, count);
#endif
}
