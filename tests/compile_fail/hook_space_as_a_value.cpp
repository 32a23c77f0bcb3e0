// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's Space has another form
#ifdef IOVIEW_FIXED
#define HOOK using Space = struct Addresses;
#else
#define HOOK static constexpr int Space = 1;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
