// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a device knows bytes only; share types that are trivially copyable
#include "fake_device.hpp"

struct Owner {
    std::uint32_t* words;
#ifndef IOVIEW_FIXED
    ~Owner() { delete words; }
#endif
};
auto f(MyDma& dma) {
    return io::CoherentBox<Owner, MyDma>::zeroed(dma);
}
