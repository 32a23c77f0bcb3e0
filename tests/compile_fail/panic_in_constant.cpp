// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: panic
// expect: ioview: the value of a Result that holds an error was asked for
#include <ioview/error.hpp>

constexpr ioview::Result<int> half(int n) {
    if (n % 2 != 0)
        return ioview::fail(ioview::Error::invalid_argument);
    return n / 2;
}
#ifdef IOVIEW_FIXED
constexpr int n = *half(6);
#else
constexpr int n = *half(7);
#endif
