// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a step of a macro has no io:: before it
// lines: 35
// A name that is no member is not read to its end, and what is left of it is no syntax.
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Queue {
    std::uint32_t entries[4];
};
void f(io::SysMem<Queue> queue, std::size_t i) {
#ifdef IOVIEW_FIXED
    IO_WRITE(queue, entries, at(i), 1u);
#else
    IO_WRITE(queue, entries, io::at(i), 1u);
#endif
}
