// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a macro takes a comma between < and > for the end of its argument
// lines: 150
// Each half of the view is no syntax, and it is named for its type, too.
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Queue {
    std::uint32_t write_ptr;
};
template <class T, int Bar>
io::Mmio<T> mapped();

std::uint32_t f() {
#ifdef IOVIEW_FIXED
    return IO_READ((mapped<Queue, 0>()), write_ptr);
#else
    return IO_READ(mapped<Queue, 0>(), write_ptr);
#endif
}
