// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index is a view of one value, not const; IO_PROJECT
#include "fake_device.hpp"

void f(io::CoherentView<Ring> ring) {
#ifdef IOVIEW_FIXED
    io::publish(IO_PROJECT(ring, head), 1u);
#else
    io::publish(ring, Ring{1, 0});
#endif
}
