// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an object is no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Table {
    struct Entry {
        std::uint32_t flags;
    } entries[4];
};
auto f(io::Mmio<Table> table, std::size_t i) {
#ifdef IOVIEW_FIXED
    return IO_WRITE(table, entries, try_at(i), flags, 1u);
#else
    return IO_WRITE(table, entries, try_at(i), 1u);
#endif
}
