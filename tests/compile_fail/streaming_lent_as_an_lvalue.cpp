// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this ends here; std::move.memory..sync_for_device
#include "streaming.hpp"

auto f(Mine<to_device>& mine) {
#ifdef IOVIEW_FIXED
    return std::move(mine).sync_for_device();
#else
    return mine.sync_for_device();
#endif
}
