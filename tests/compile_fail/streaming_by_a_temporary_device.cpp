// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the memory is mapped by the device, held by reference; keep it first
#include "streaming.hpp"

auto f(io::StreamingBuffer<Message>& buffer) {
#ifdef IOVIEW_FIXED
    static MyDma dma;
    return io::stream_to_device(dma, buffer);
#else
    return io::stream_to_device(MyDma{}, buffer);
#endif
}
