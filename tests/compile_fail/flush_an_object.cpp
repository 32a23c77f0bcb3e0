// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: flush.. reads one value back
#include "fake_device.hpp"

void f(io::Mmio<Ring> ring) {
#ifdef IOVIEW_FIXED
    io::flush(IO_PROJECT(ring, head));
#else
    io::flush(ring);
#endif
}
