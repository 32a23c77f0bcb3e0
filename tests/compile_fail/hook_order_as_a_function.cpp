// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's order has another form
#ifdef IOVIEW_FIXED
#define HOOK static constexpr std::endian order = std::endian::big;
#else
#define HOOK                                                                                       \
    static constexpr std::endian order() {                                                         \
        return std::endian::big;                                                                   \
    }
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
