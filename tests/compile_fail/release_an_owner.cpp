// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the index is one value, not const; IO_PROJECT
#include "fake_device.hpp"

void f(io::Coherent<Ring, MyDma>& ring) {
#ifdef IOVIEW_FIXED
    io::release_to_device(IO_PROJECT(ring, tail), 1u);
#else
    io::release_to_device(ring, 1u);
#endif
}
