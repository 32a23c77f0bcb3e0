// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the members are lent to the device; sync_for_cpu.. first
#include "streaming.hpp"

std::uint32_t f(Lent<from_device>& lent) {
#ifdef IOVIEW_FIXED
    return std::move(lent).sync_for_cpu()->length;
#else
    return lent->length;
#endif
}
