// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no access of that width
#define WIDTHS (sizeof(W) == 4)
#include "bus.hpp"

#ifdef IOVIEW_FIXED
using Width = std::uint32_t;
#else
using Width = std::uint16_t;
#endif
void f(BusView<std::byte[16]> bytes, std::byte (&buffer)[16]) {
    bytes.copy_to<Width>(buffer);
}
