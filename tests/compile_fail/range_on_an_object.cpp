// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index step needs an array or a slice
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Queue {
    std::uint32_t head;
    std::uint32_t entries[8];
};
auto f(io::SysMem<Queue> queue, std::size_t i) {
#ifdef IOVIEW_FIXED
    return IO_PROJECT(queue, entries, try_range(0, i));
#else
    return IO_PROJECT(queue, head, try_range(0, i));
#endif
}
