// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (has no member named|no member named) .?gspx
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Tx {
    std::uint32_t size, write_ptr;
};
struct Queue {
    Tx tx;
};
struct Pair {
    Queue cpuq, gspq;
};
void f(io::SysMem<Pair> pair) {
#ifdef IOVIEW_FIXED
    IO_WRITE(pair, gspq.tx.write_ptr, 1u);
#else
    IO_WRITE(pair, gspx.tx.write_ptr, 1u);
#endif
}
