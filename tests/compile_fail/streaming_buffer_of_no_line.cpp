// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a cache line is a power of two of bytes
#include "streaming.hpp"

std::size_t f() {
#ifdef IOVIEW_FIXED
    return sizeof(io::StreamingBuffer<Message, 64>);
#else
    return sizeof(io::StreamingBuffer<Message, 48>);
#endif
}
