// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: no brackets inside a member path
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Entry {
    std::uint32_t length, flags;
};
struct Queue {
    Entry entries[8];
};
auto f(io::SysMem<Queue> queue, std::size_t i) {
#ifdef IOVIEW_FIXED
    return IO_READ(queue, entries, at(i), flags);
#else
    return IO_READ(queue, entries[i].flags);
#endif
}
