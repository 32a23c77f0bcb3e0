// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index is a view of one value that is not const
#include "fake_device.hpp"

void f(io::Coherent<Ring, MyDma>& ring) {
#ifdef IOVIEW_FIXED
    io::release_to_device(IO_PROJECT(ring, tail), 1u);
#else
    io::release_to_device(ring, 1u);
#endif
}
