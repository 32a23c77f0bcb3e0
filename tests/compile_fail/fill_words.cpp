// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: fill\(\) is of bytes; bytes\(\).fill.*, or write the elements one by one
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<std::uint16_t[8]> samples) {
#ifdef IOVIEW_FIXED
    for (auto sample : samples)
        sample.write(0x8000);
#else
    samples.fill(0x8000);
#endif
}
