// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: leaking ends the owner; write std::move.memory..leak
#include "fake_device.hpp"

auto f(io::Coherent<Ring, MyDma>& memory) {
#ifdef IOVIEW_FIXED
    return std::move(memory).leak();
#else
    return memory.leak();
#endif
}
