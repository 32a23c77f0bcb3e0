// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the offset lies past the end of the address space
#include <ioview/ioview.hpp>

namespace io = ioview;

constexpr std::size_t last = std::size_t{0} - 4;

auto f(io::Mmio<io::Region<0x40>> bar) {
#ifdef IOVIEW_FIXED
    return bar.try_read(io::offset<std::uint32_t>(last));
#else
    return bar.try_read(io::offset<std::uint32_t, last>());
#endif
}
