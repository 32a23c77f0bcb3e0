// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its owner; give the owner a name
#include "fake_device.hpp"

using Words = io::Coherent<std::uint32_t[4], MyDma>;

void f(MyDma& dma) {
#ifdef IOVIEW_FIXED
    const auto words = Words::zeroed(dma);
    const auto word = words->at(1);
#else
    const auto word = (*Words::zeroed(dma)).at(1);
#endif
    word.write(5);
}
