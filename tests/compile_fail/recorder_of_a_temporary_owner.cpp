// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its owner; give the owner a name
#include <ioview/testing.hpp>

#include "fake_device.hpp"

using Owner = io::Coherent<Ring, MyDma>;

void f(MyDma& dma) {
#ifdef IOVIEW_FIXED
    const auto ring = Owner::zeroed(dma);
    const io::testing::Recorder recorder{*ring};
#else
    const io::testing::Recorder recorder{*Owner::zeroed(dma)};
#endif
}
