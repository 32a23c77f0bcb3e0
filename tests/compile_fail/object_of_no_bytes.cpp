// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a type of no bytes
// flags: -std=gnu++20
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Tail {
#ifdef IOVIEW_FIXED
    std::uint32_t words[1];
#else
    std::uint32_t words[0];
#endif
};
auto f(io::SysMem<io::Region<0x100>> memory) {
    return memory.subview<Tail>(4);
}
