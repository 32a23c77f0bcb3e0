// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: byte_order, io_try_read and io_try_write are no hooks
#ifdef IOVIEW_FIXED
#define HOOK static constexpr std::endian order = std::endian::big;
#else
#define HOOK static constexpr std::endian byte_order = std::endian::big;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
