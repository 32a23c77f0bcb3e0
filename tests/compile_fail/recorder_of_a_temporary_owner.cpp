// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a double keeps a view of what is behind it; give that a name
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
