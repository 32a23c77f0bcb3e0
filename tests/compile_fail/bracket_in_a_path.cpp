// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: no brackets inside a member path
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Queue {
    std::uint32_t entries[8];
};
auto f(io::SysMem<Queue> queue) {
#ifdef IOVIEW_FIXED
    return IO_READ(queue, entries, static_at(9 - 2));
#else
    return IO_READ(queue, entries[9]);
#endif
}
