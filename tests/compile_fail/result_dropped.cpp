// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a failure would go unseen
// flags: -Werror=unused-result
#include <ioview/error.hpp>

ioview::Result<> start();

void drive() {
#ifdef IOVIEW_FIXED
    if (!start())
        ioview::panic("start");
#else
    start();
#endif
}
