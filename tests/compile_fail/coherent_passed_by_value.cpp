// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: memory shared with a device has one owner; std::move it, or pass .view
#include "fake_device.hpp"

using Owner = io::Coherent<Ring, MyDma>;
#ifdef IOVIEW_FIXED
void use(io::CoherentView<Ring> ring);
void f(Owner& ring) {
    use(ring.view());
}
#else
void use(Owner ring);
void f(Owner& ring) {
    use(ring);
}
#endif
