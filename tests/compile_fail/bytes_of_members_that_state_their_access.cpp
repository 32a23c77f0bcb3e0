// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: members of this target state how they are accessed
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Base = std::uint64_t;
#else
using Base = io::lo_hi<std::uint64_t>;
#endif
struct Queue {
    Base base;
    std::uint64_t size;
};
template <>
inline constexpr bool io::enable_plain_data<Queue> = true;
void f(io::SysMem<Queue> queue, std::byte (&buffer)[16]) {
    queue.bytes().copy_to(buffer);
}
