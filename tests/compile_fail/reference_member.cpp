// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a reference member is an address of this CPU
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Owner {
#ifdef IOVIEW_FIXED
    std::uint32_t other;
#else
    std::uint32_t& other;
#endif
};
auto f(io::SysMem<Owner> owner) {
    return IO_READ(owner, other);
}
