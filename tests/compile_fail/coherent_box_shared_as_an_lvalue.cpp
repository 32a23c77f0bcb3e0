// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: sharing ends the box; write std::move.box..share
#include "fake_device.hpp"

auto f(io::CoherentBox<Ring, MyDma>& box) {
#ifdef IOVIEW_FIXED
    return std::move(box).share();
#else
    return box.share();
#endif
}
