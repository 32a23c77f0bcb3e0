// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an object is no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Tx {
    std::uint32_t size, write_ptr;
};
struct Queue {
    Tx tx;
};
auto f(io::SysMem<Queue> queue) {
#ifdef IOVIEW_FIXED
    return IO_READ(queue, tx.write_ptr);
#else
    return IO_READ(queue, tx);
#endif
}
