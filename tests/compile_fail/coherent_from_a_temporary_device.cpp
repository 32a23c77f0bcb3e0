// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the memory goes back to the device, which is held by reference; keep it first
#include "fake_device.hpp"

auto f() {
#ifdef IOVIEW_FIXED
    static MyDma dma;
    return io::Coherent<Ring, MyDma>::zeroed(dma);
#else
    return io::Coherent<Ring, MyDma>::zeroed(MyDma{});
#endif
}
