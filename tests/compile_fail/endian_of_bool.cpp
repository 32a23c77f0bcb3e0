// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: le/be hold an integer of 8 to 64 bits
#include <ioview/endian.hpp>

#ifdef IOVIEW_FIXED
ioview::be<std::uint8_t> flag;
#else
ioview::be<bool> flag;
#endif
