// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: an offset known at run time goes to the try_ form
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<io::Region<0x40>> bar, std::size_t offset) {
#ifdef IOVIEW_FIXED
    return bar.try_read(io::offset<std::uint32_t>(offset));
#else
    return bar.read(io::offset<std::uint32_t>(offset));
#endif
}
