// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Table {
    const std::uint32_t fixed[4];
    std::uint32_t entries[4];
};
auto f(io::Mmio<Table> table, std::size_t i) {
#ifdef IOVIEW_FIXED
    return IO_WRITE(table, entries, try_at(i), 1u);
#else
    return IO_WRITE(table, fixed, try_at(i), 1u);
#endif
}
