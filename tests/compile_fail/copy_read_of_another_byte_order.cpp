// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this medium has another byte order than the CPU
#include <ioview/ioview.hpp>
#include <ioview/testing/memory.hpp>

namespace io = ioview;

struct Entry {
#ifdef IOVIEW_FIXED
    io::be<std::uint32_t> address;
#else
    std::uint32_t address;
#endif
};
template <>
inline constexpr bool io::enable_plain_data<Entry> = true;
auto f(io::testing::MemoryView<std::endian::big, Entry> entry) {
    return entry.copy_read();
}
