// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (cannot convert|no viable conversion|cannot initialize)
#include <ioview/error.hpp>

ioview::Result<int> length();

int drive() {
#ifdef IOVIEW_FIXED
    const int n = length().value_or(0);
#else
    const int n = length();
#endif
    return n;
}
