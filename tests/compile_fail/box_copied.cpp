// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a box of memory has one owner; std::move it
#include "fake_device.hpp"

using Box = io::CoherentBox<Ring, MyDma>;
Box f(Box& ring) {
#ifdef IOVIEW_FIXED
    return std::move(ring);
#else
    return ring;
#endif
}
