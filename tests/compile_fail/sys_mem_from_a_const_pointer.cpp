// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a pointer to another type
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Ring {
    std::uint32_t head, tail;
};
auto f(const Ring* ring) {
#ifdef IOVIEW_FIXED
    return io::SysMem<const Ring>::from_pointer(ring);
#else
    return io::SysMem<Ring>::from_pointer(ring);
#endif
}
