// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run.time.values.wider.than.the.access.need.a.static_cast
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<0x40>> bar, std::uint64_t address) {
#ifdef IOVIEW_FIXED
    bar.write(io::offset<std::uint32_t, 0x10>(), static_cast<std::uint32_t>(address));
#else
    bar.write(io::offset<std::uint32_t, 0x10>(), address);
#endif
}
