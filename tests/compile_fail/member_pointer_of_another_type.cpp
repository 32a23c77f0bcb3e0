// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the pointer to member is of another type than the target
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Tx {
    std::uint32_t write_ptr;
};
struct Rx {
    std::uint32_t read_ptr;
};
auto f(io::SysMem<Tx> tx) {
#ifdef IOVIEW_FIXED
    return io::project(tx, &Tx::write_ptr);
#else
    return io::project(tx, &Rx::read_ptr);
#endif
}
