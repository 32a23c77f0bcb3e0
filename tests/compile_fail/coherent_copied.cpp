// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: memory shared with a device has one owner; std::move it, or pass .view
#include "fake_device.hpp"

using Owner = io::Coherent<Ring, MyDma>;
Owner f(Owner& ring) {
#ifdef IOVIEW_FIXED
    return std::move(ring);
#else
    return ring;
#endif
}
