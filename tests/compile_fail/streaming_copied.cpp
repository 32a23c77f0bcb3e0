// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: memory lent to a device has one owner at a time; std::move it
#include "streaming.hpp"

Mine<to_device> f(Mine<to_device>& mine) {
#ifdef IOVIEW_FIXED
    return std::move(mine);
#else
    return mine;
#endif
}
