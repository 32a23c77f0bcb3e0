// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: le/be hold an integer of 8 to 64 bits
#include <ioview/endian.hpp>

#ifdef IOVIEW_FIXED
struct Pair {
    ioview::be<std::uint16_t> a, b;
};
Pair pair;
#else
struct Pair {
    std::uint16_t a, b;
};
ioview::be<Pair> pair;
#endif
