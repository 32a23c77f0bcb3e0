// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Table {
    std::uint32_t a, b;
};
template <>
inline constexpr bool io::enable_plain_data<Table> = true;
#ifdef IOVIEW_FIXED
void f(io::SysMem<Table> table) {
#else
void f(io::SysMem<const Table> table) {
#endif
    table.cast<std::uint32_t>().write(1);
}
