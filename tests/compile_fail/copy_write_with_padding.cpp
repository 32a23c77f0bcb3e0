// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: copy_write.. needs plain data of known size
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Entry {
    std::uint32_t address;
    std::uint8_t kind;
#ifdef IOVIEW_FIXED
    std::uint8_t reserved[3];
#endif
};
template <>
inline constexpr bool io::enable_from_bytes<Entry> = true;
template <>
inline constexpr bool io::enable_into_bytes<Entry> = true;
void f(io::SysMem<Entry> entry) {
    Entry value = entry.copy_read();
    entry.copy_write(value);
}
