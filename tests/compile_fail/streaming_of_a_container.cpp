// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a device knows bytes only; stream types that are trivially copyable
#include "streaming.hpp"

struct Row {
    Row(const Row&);
    alignas(64) std::byte* first;
    std::byte* data() const;
    std::size_t size() const;
};
auto f(MyDma& dma, Row& row) {
#ifdef IOVIEW_FIXED
    return io::stream_to_device(dma, io::Span<std::byte>{row.data(), row.size()});
#else
    return io::stream_to_device(dma, row);
#endif
}
