// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a slice needs its count: zeroed.dma, count
#include "fake_device.hpp"

auto f(MyDma& dma) {
#ifdef IOVIEW_FIXED
    return io::Coherent<Ring[], MyDma>::zeroed(dma, 4);
#else
    return io::Coherent<Ring[], MyDma>::zeroed(dma);
#endif
}
