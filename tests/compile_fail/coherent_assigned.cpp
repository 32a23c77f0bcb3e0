// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: memory shared with a device has one owner; std::move it, or pass .view
#include "fake_device.hpp"

using Owner = io::Coherent<Ring, MyDma>;
void f(Owner& ring, Owner& other) {
#ifdef IOVIEW_FIXED
    ring = std::move(other);
#else
    ring = other;
#endif
}
