// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no access of the width that a member states
// lines: 41 (compilers tell the way to the member)
#define WIDTHS (sizeof(W) == 4)
#include "bus.hpp"

struct Queue {
#ifdef IOVIEW_FIXED
    io::lo_hi<std::uint64_t> base;
#else
    io::single<std::uint64_t> base;
#endif
};
template <>
inline constexpr bool io::enable_plain_data<Queue> = true;
auto f(BusView<Queue> queue) {
    return queue.copy_read();
}
