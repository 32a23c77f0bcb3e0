// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: say what you promise: borrow.io::device_is_idle
#include "fake_device.hpp"

void f(io::Coherent<Ring, MyDma>& ring) {
#ifdef IOVIEW_FIXED
    ring.borrow(io::device_is_idle)->head = 1;
#else
    ring.borrow()->head = 1;
#endif
}
