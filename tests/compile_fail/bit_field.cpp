// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: bit-field
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control {
    std::uint32_t word;
    std::uint32_t enable : 1;
};
auto f(io::Mmio<Control> control) {
#ifdef IOVIEW_FIXED
    return IO_READ(control, word) & 1;
#else
    return IO_READ(control, enable);
#endif
}
