// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's gathers has another form
#ifdef IOVIEW_FIXED
#define HOOK static constexpr bool gathers = true;
#else
#define HOOK static inline bool gathers = true;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
