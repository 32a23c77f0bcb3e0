// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the static index is past the end of the array
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Queue {
    std::uint32_t entries[8];
};
auto f(io::SysMem<Queue> queue) {
#ifdef IOVIEW_FIXED
    return IO_PROJECT(queue, entries, static_at(0));
#else
    return IO_PROJECT(queue, entries, static_at(-1));
#endif
}
