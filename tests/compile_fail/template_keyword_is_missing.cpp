// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (expected primary-expression before .>.|use 'template' keyword to treat 'read')
#include <ioview/ioview.hpp>

namespace io = ioview;

template <io::IoOf<io::Region<0x100>> Bar>
std::uint32_t status(Bar bar) {
#ifdef IOVIEW_FIXED
    return bar.template read<std::uint32_t>(0x10);
#else
    return bar.read<std::uint32_t>(0x10);
#endif
}
std::uint32_t f(io::Mmio<io::Region<0x100>> bar) {
    return status(bar);
}
