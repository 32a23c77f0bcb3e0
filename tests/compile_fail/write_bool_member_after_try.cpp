// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: bool, floating point, pointers and open enumerations are no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Table {
    bool flags[4];
    std::uint8_t bytes[4];
};
auto f(io::Mmio<Table> table, std::size_t i) {
#ifdef IOVIEW_FIXED
    return IO_WRITE(table, bytes, try_at(i), 1);
#else
    return IO_WRITE(table, flags, try_at(i), true);
#endif
}
