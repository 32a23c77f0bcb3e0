// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the memory would end before the device has it; give it a name
#include "streaming.hpp"

auto f(MyDma& dma) {
#ifdef IOVIEW_FIXED
    static io::StreamingBuffer<Message> buffer;
    return io::stream_to_device(dma, buffer);
#else
    return io::stream_to_device(dma, io::StreamingBuffer<Message>{});
#endif
}
