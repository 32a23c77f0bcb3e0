// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a CountingRing has a power of two of slots, at most half of what its
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
auto ring = io::CountingRing<0x8000, std::uint16_t>::of(0, 0);
#else
auto ring = io::CountingRing<0x1'0000, std::uint16_t>::of(0, 0);
#endif
