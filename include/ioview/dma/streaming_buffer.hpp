// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// StreamingBuffer<T, Line>: a T with its cache lines to itself, and no way to it but Streaming:
// what is lent to a device cannot be touched by its name.
//
//   static io::StreamingBuffer<std::byte[2048]> frame;         // zeros; lines of 64 bytes
//   auto mine = io::stream_from_device(dma, frame);            // Result

#include <cstddef>

namespace ioview::detail {
struct StreamingAccess;
}

namespace ioview {

// Stays where it is, and outlives each Streaming of it.
template <class T, std::size_t Line = 64>
class alignas(Line) StreamingBuffer {
    static_assert(Line != 0 && (Line & (Line - 1)) == 0,
                  "ioview: a cache line is a power of two of bytes; write 32, 64, 128, …");

public:
    constexpr StreamingBuffer() noexcept = default;
    StreamingBuffer( // ioview: a buffer that a device may have stays where it is; pass a reference
        const StreamingBuffer&) = delete;
    StreamingBuffer& operator=(const StreamingBuffer&) = delete;
    ~StreamingBuffer() = default;

private:
    friend detail::StreamingAccess;

    T value_{};
};

} // namespace ioview

namespace ioview::detail {

struct StreamingAccess {
    template <class T, std::size_t Line>
    static T& value(StreamingBuffer<T, Line>& buffer) noexcept {
        return buffer.value_;
    }
};

} // namespace ioview::detail
