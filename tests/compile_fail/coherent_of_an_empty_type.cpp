// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the type is empty, there is nothing to share with a device
#include "fake_device.hpp"

struct Log {
#ifdef IOVIEW_FIXED
    std::uint64_t put;
#endif
};
auto f(MyDma& dma) {
    return io::Coherent<Log, MyDma>::zeroed(dma);
}
