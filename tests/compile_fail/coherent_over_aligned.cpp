// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the type is aligned more strictly than this DMA device allocates
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
struct alignas(4'096) Table {
#else
struct alignas(8'192) Table {
#endif
    std::uint64_t entries[1'024];
};
auto f(MyDma& dma) {
    return io::Coherent<Table, MyDma>::zeroed(dma);
}
