// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's bulk_copy has another form
#ifdef IOVIEW_FIXED
#define HOOK static constexpr bool bulk_copy = true;
#else
#define HOOK using bulk_copy = void;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
