// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// QEMU's `edu` with memory of the driver's own instead of a Coherent: lent to the engine for one
// transfer, with the cache maintenance that a machine needs whose devices do not see the caches.
//
//   static io::StreamingBuffer<Message> buffer;
//   auto message = io::stream_to_device(dma, buffer);          // fill it: (*message)->… = …
//   auto sent = edu::send(bar, *std::move(message), 0x100, clock);
//
// Each takes the memory and gives it back. Where the engine did not end it keeps what it has: the
// mapping is leaked, and the buffer has to stay.

#include <ioview/dma/scatter_list.hpp>
#include <ioview/dma/streaming.hpp>

#include "edu.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace edu {

// What a transfer came to, for the memory that it was of.
template <class T, io::DmaDirection Direction, class Dma>
io::Result<io::Streaming<T, Direction, Dma>> taken_back(io::LentToDevice<T, Direction, Dma> lent,
                                                        const io::Result<>& done) {
    if (done)
        return std::move(lent).sync_for_cpu();
    if (done.error() == io::Error::timed_out || done.error() == io::Error::no_device)
        static_cast<void>(std::move(lent).leak()); // it may still run
    return io::fail(done.error());
}

// All of message into the device's buffer, from byte `at` on: errors as copy_to_device().
template <io::IoOf<Edu> Bar, class T, class Dma, class Clock>
io::Result<io::Streaming<T, io::DmaDirection::to_device, Dma>>
send(const Bar& bar,
     io::Streaming<T, io::DmaDirection::to_device, Dma> message,
     std::size_t at,
     Clock& clock) {
    auto lent = std::move(message).sync_for_device();
    const auto done = copy_to_device(bar, lent, at, clock);
    return taken_back(std::move(lent), done);
}

// All of place from the device's buffer: the CPU has the bytes once this is a success.
template <io::IoOf<Edu> Bar, class T, class Dma, class Clock>
io::Result<io::Streaming<T, io::DmaDirection::from_device, Dma>>
receive(const Bar& bar,
        std::size_t at,
        io::Streaming<T, io::DmaDirection::from_device, Dma> place,
        Clock& clock) {
    auto lent = std::move(place).sync_for_device();
    const auto done = copy_from_device(bar, at, lent, clock);
    return taken_back(std::move(lent), done);
}

// The segments of a message one behind the other, a transfer each, since the engine has no list.
// What was sent stays in the device's buffer when one of them fails.
template <io::IoOf<Edu> Bar, std::size_t Capacity, class Clock>
io::Result<> copy_list_to_device(const Bar& bar,
                                 const io::ScatterList<Capacity>& list,
                                 std::size_t at,
                                 Clock& clock) {
    if (auto fits = check_transfer(at, list.total_bytes()); !fits)
        return fits;
    for (const io::DmaSegment& segment : list) {
        if (auto done = copy_to_device(bar, segment, at, clock); !done)
            return done;
        at += segment.bytes;
    }
    return {};
}

} // namespace edu
