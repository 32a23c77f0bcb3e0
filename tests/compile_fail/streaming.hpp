// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What the refusals about memory that is lent go by.
#include <ioview/dma.hpp>
#include <ioview/dma/streaming.hpp>
#include <ioview/ioview.hpp>

#include <utility>

namespace io = ioview;

// Lines of 64 bytes on every machine.
struct MyCache {
    static constexpr std::size_t known_line_size = 64;
    static constexpr std::size_t line_size() noexcept { return known_line_size; }
    void clean(const void*, std::size_t) const noexcept;
    void invalidate(const void*, std::size_t) const noexcept;
    void clean_and_invalidate(const void*, std::size_t) const noexcept;
};
struct MyDma {
    io::Result<io::DmaRegion> allocate(std::size_t, std::size_t, io::DmaAttrs);
    void free(io::DmaRegion, std::size_t) noexcept;
    io::DmaMask mask() const noexcept;
    io::Result<io::DmaAddress> map(const void*, std::size_t, io::DmaDirection);
    void unmap(io::DmaAddress, std::size_t, io::DmaDirection) noexcept;
    MyCache cache() const noexcept;
};
struct Message {
    std::uint32_t kind, length;
};
template <io::DmaDirection Direction>
using Mine = io::Streaming<Message, Direction, MyDma>;
template <io::DmaDirection Direction>
using Lent = io::LentToDevice<Message, Direction, MyDma>;
constexpr auto to_device = io::DmaDirection::to_device;
constexpr auto from_device = io::DmaDirection::from_device;
