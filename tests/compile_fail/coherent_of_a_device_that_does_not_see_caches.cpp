// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the CPU caches what this DMA device allocates and the device does not
#include "streaming.hpp"

struct Uncached : MyDma {
    static constexpr bool allocates_uncached = true;
};
auto f(MyDma& dma, Uncached& other) {
    static_cast<void>(dma);
#ifdef IOVIEW_FIXED
    return io::Coherent<Message, Uncached>::zeroed(other);
#else
    static_cast<void>(other);
    return io::Coherent<Message, MyDma>::zeroed(dma);
#endif
}
