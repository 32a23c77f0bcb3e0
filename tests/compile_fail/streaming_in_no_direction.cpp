// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: nothing is transferred in direction none
#include "streaming.hpp"

auto f(MyDma& dma, io::StreamingBuffer<Message>& memory) {
#ifdef IOVIEW_FIXED
    return Mine<to_device>::map(dma, memory);
#else
    return Mine<io::DmaDirection::none>::map(dma, memory);
#endif
}
