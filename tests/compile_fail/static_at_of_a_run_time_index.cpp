// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: not a constant expression
// lines: 30 (with all macros that the index goes through)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Queue {
    std::uint32_t entries[8];
};
auto f(io::SysMem<Queue> queue, int i) {
#ifdef IOVIEW_FIXED
    return IO_PROJECT(queue, entries, at(i));
#else
    return IO_PROJECT(queue, entries, static_at(i));
#endif
}
