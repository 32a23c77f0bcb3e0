// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: no value of this type is one access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Entry {
    std::uint32_t address, length;
};
auto f(io::Mmio<io::Region<16>> bar) {
#ifdef IOVIEW_FIXED
    return IO_READ(bar.subview<Entry>(8), length);
#else
    return bar.read<Entry>(8);
#endif
}
