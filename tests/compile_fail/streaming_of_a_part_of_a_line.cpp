// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: it shares a cache line with what lies beside it
#include "streaming.hpp"

auto f(MyDma& dma, Message& message, io::StreamingBuffer<Message>& padded) {
    static_cast<void>(message), static_cast<void>(padded);
#ifdef IOVIEW_FIXED
    return io::stream_to_device(dma, padded);
#else
    return io::stream_to_device(dma, message);
#endif
}
