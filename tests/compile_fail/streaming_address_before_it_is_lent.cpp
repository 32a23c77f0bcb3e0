// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the CPU has this memory; sync_for_device.. gives it
#include "streaming.hpp"

io::DmaAddress f(Mine<to_device>& mine) {
#ifdef IOVIEW_FIXED
    return std::move(mine).sync_for_device().dma_address();
#else
    return mine.dma_address();
#endif
}
