// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this ends here; std::move.lent..sync_for_cpu
#include "streaming.hpp"

auto f(Lent<from_device>& lent) {
#ifdef IOVIEW_FIXED
    return std::move(lent).sync_for_cpu();
#else
    return lent.sync_for_cpu();
#endif
}
