// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: leaking ends the owner; write std::move.lent..leak
#include "streaming.hpp"

auto f(Lent<from_device>& lent) {
#ifdef IOVIEW_FIXED
    return std::move(lent).leak();
#else
    return lent.leak();
#endif
}
