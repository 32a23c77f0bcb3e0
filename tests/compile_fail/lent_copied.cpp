// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: what a device has is lent once; std::move it
#include "streaming.hpp"

Lent<from_device> f(Lent<from_device>& lent) {
#ifdef IOVIEW_FIXED
    return std::move(lent);
#else
    return lent;
#endif
}
