// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a DMA address has at most 64 bits
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
auto mask = io::DmaMask::of<64>();
#else
auto mask = io::DmaMask::of<65>();
#endif
