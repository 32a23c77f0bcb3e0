// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the function given to update\(\) returns nothing
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Table {
    std::uint32_t entries[4];
};
auto f(io::Mmio<Table> table, std::size_t i) {
#ifdef IOVIEW_FIXED
    return IO_UPDATE(table, entries, try_at(i), [](std::uint32_t v) { return v; });
#else
    return IO_UPDATE(table, entries, try_at(i), [](std::uint32_t v) { static_cast<void>(v); });
#endif
}
