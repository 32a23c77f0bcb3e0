// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the value is no whole number of this backend's accesses
#define WIDTHS (sizeof(W) == 4)
#include "bus.hpp"

#ifdef IOVIEW_FIXED
using Value = std::uint32_t;
#else
using Value = std::uint16_t;
#endif
auto f(BusView<Value> value) {
    return value.copy_read();
}
