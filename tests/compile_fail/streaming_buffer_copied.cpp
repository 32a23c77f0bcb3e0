// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a buffer that a device may have stays where it is; pass a reference
#include "streaming.hpp"

#ifdef IOVIEW_FIXED
io::StreamingBuffer<Message>& f(io::StreamingBuffer<Message>& buffer) {
#else
io::StreamingBuffer<Message> f(io::StreamingBuffer<Message>& buffer) {
#endif
#ifdef IOVIEW_FIXED
    return buffer;
#else
    return buffer;
#endif
}
