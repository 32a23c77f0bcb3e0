// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: no member named .*view
#include "fake_device.hpp"

auto f(MyDma& dma) {
#ifdef IOVIEW_FIXED
    return io::Coherent<std::byte[], MyDma>::zeroed(dma, 4'096)->size();
#else
    return io::CoherentHandle<MyDma>::allocate(dma, 4'096)->view();
#endif
}
