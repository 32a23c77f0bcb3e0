// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: coherent memory is of an object, an array or a slice; take std::byte
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
auto f(MyDma& dma) {
    return io::Coherent<std::byte[], MyDma>::zeroed(dma, 4'096);
}
#else
auto f(MyDma& dma) {
    return io::Coherent<io::Region<4'096>, MyDma>::zeroed(dma);
}
#endif
