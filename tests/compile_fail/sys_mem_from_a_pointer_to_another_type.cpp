// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a pointer to another type
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Ring {
    std::uint32_t head, tail;
};
auto f(std::uint32_t* words) {
#ifdef IOVIEW_FIXED
    return io::SysMem<Ring>::from_bytes(words, sizeof(Ring));
#else
    return io::SysMem<Ring>::from_pointer(words);
#endif
}
