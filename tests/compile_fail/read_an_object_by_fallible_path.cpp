// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an object is no single access
// lines: 28 (clang 19 tells that it is in a lambda, too)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Entry {
    std::uint32_t length, flags;
};
auto f(io::SysMem<Entry[]> ring, std::size_t i) {
#ifdef IOVIEW_FIXED
    return IO_READ(ring, try_at(i), flags);
#else
    return IO_READ(ring, try_at(i));
#endif
}
