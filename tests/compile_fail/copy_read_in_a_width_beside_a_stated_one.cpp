// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: members of this target state how they are accessed
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Queue {
    io::lo_hi<std::uint64_t> base;
};
template <>
inline constexpr bool io::enable_plain_data<Queue> = true;
auto f(io::SysMem<Queue> queue) {
#ifdef IOVIEW_FIXED
    return queue.copy_read();
#else
    return queue.copy_read<std::uint64_t>();
#endif
}
