// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the reference would outlive its memory
#include "fake_device.hpp"

std::uint32_t f(io::CoherentBox<Ring, MyDma>& box) {
#ifdef IOVIEW_FIXED
    const Ring& ring = *box;
#else
    const Ring& ring = *std::move(box);
#endif
    return ring.head;
}
