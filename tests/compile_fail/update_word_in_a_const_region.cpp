// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the target is const, so it is read only
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
void f(io::Mmio<io::Region<0x100>> bar) {
#else
void f(io::Mmio<const io::Region<0x100>> bar) {
#endif
    bar.update<std::uint32_t>(0x10, [](std::uint32_t v) { return v + 1; });
}
