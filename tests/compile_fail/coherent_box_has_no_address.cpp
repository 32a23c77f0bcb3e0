// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: no member named .*dma_address
#include "fake_device.hpp"

io::DmaAddress f(io::CoherentBox<Ring, MyDma>& box) {
#ifdef IOVIEW_FIXED
    io::Coherent<Ring, MyDma> ring = std::move(box).share();
    return ring.dma_address();
#else
    return box.dma_address();
#endif
}
