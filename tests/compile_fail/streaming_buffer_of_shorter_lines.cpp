// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: it shares a cache line with what lies beside it
#include "streaming.hpp"

bool f(MyDma& dma) {
#ifdef IOVIEW_FIXED
    io::StreamingBuffer<Message, 64> buffer;
    return io::stream_to_device(dma, buffer).has_value();
#else
    io::StreamingBuffer<Message, 32> buffer;
    return io::stream_to_device(dma, buffer).has_value();
#endif
}
