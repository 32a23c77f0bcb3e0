// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no bulk copy of this direction
#ifndef IOVIEW_FIXED
#define HOOK static constexpr bool bulk_copy = false;
#endif
#include "bus.hpp"

void f(BusView<std::uint64_t> value) {
    static_cast<void>(value.copy_read());
}
