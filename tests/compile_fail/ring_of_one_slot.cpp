// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a Ring has at least two slots, of which one stays empty
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
io::Ring<2> ring;
#else
io::Ring<1> ring;
#endif
