// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a CountingRing has a power of two of slots
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
auto ring = io::CountingRing<64>::of(0, 0);
#else
auto ring = io::CountingRing<63>::of(0, 0);
#endif
