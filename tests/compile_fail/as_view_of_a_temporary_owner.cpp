// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its owner; give the owner a name
#include "fake_device.hpp"

io::CoherentView<Ring> f(io::Coherent<Ring, MyDma>& ring) {
#ifdef IOVIEW_FIXED
    return ring.as_view();
#else
    return std::move(ring).as_view();
#endif
}
