// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its owner; give the owner a name
#include "fake_device.hpp"

io::CoherentView<Ring> f(MyDma& dma, io::Result<io::Coherent<Ring, MyDma>>& keep) {
#ifdef IOVIEW_FIXED
    keep = io::Coherent<Ring, MyDma>::zeroed(dma);
    return keep->view();
#else
    static_cast<void>(keep);
    return (*io::Coherent<Ring, MyDma>::zeroed(dma)).view();
#endif
}
