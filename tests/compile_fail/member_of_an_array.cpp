// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (is of non-class type|offsetof requires struct)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Entry {
    std::uint32_t length, flags;
};
struct Queue {
    Entry entries[8];
};
auto f(io::SysMem<Queue> queue) {
#ifdef IOVIEW_FIXED
    return IO_READ(queue, entries, at(1), flags);
#else
    return IO_READ(queue, entries, flags);
#endif
}
