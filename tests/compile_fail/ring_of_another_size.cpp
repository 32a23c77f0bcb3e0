// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: Index
#include "fake_device.hpp"

using Slots = io::Ring<63>;
#ifdef IOVIEW_FIXED
auto f(Slots::Index i) {
    return Slots::advance(i, 1);
}
#else
auto f(Slots::Index i) {
    return io::Ring<64>::advance(i, 1);
}
#endif
