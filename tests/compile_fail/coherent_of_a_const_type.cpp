// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: coherent memory of a const type could never be filled; drop the const
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
using Element = Ring;
#else
using Element = const Ring;
#endif
auto f(MyDma& dma) {
    return io::Coherent<Element[], MyDma>::zeroed(dma, 4);
}
