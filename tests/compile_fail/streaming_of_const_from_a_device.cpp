// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the device would write what is const; stream it to_device
#include "streaming.hpp"

auto f(MyDma& dma, io::Span<const std::byte> memory) {
#ifdef IOVIEW_FIXED
    return io::stream_to_device(dma, memory);
#else
    return io::stream_from_device(dma, memory);
#endif
}
