// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: memory by its handle has one owner; std::move it
#include "fake_device.hpp"

using Handle = io::CoherentHandle<MyDma>;
void f(Handle& handle, Handle& other) {
#ifdef IOVIEW_FIXED
    handle = std::move(other);
#else
    handle = other;
#endif
}
