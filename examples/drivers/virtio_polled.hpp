// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// One queue of virtio with one request at a time, which is waited for by looks: what small drivers
// are made of. What a device may still write is not given back: memory of a request that did not
// end is the device's until stop() is a success, and a queue that does not stop is leaked, of which
// a Dma with leaked() is told (ioview/dma/device.hpp).
//
//   auto queue = virtio::PolledQueue<T, MyDma, Clock, 4>::start(
//       transport, std::move(*memory), clock, virtio::DeviceId::entropy);
//   auto begun = queue->begin();
//   queue->describe(0, bytes.dma_address(), 64, virtio::device_writes);
//   auto written = queue->offer();
//   …
//   if (!queue->end()) std::move(bytes).leak();

#include <ioview/dma/coherent.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/error.hpp>
#include <ioview/poll.hpp>
#include <ioview/project.hpp>

#include "virtio.hpp"

#include <cstdint>
#include <utility>

namespace virtio {

template <Transport T, io::DmaDevice Dma, class Clock, unsigned Size>
class PolledQueue {
public:
    using Memory = io::Coherent<Queue<Size>, Dma>;

    // Queue 0, set up in memory that is zero. Errors as negotiate() and set_up_queue() have them;
    // then the device has not been told of the memory. The clock must outlive the queue.
    [[nodiscard]] static io::Result<PolledQueue>
    start(const T& transport, Memory memory, Clock& clock, DeviceId device) {
        const auto agreed = negotiate(transport, device, feature_event_index, clock);
        if (!agreed)
            return io::fail(agreed.error());
        const bool has_event_index = (*agreed & feature_event_index) != 0;
        if (!has_event_index && !transport.has_interrupt())
            IO_WRITE(memory, available.flags, no_interrupt);
        const auto doorbell = set_up_queue(transport, 0, memory);
        if (!doorbell)
            return io::fail(doorbell.error());
        return io::Result<PolledQueue>{
            PolledQueue{transport, clock, *doorbell, std::move(memory), has_event_index}};
    }

    PolledQueue(PolledQueue&& other) noexcept
        : transport_(other.transport_),
          clock_(other.clock_),
          doorbell_(other.doorbell_),
          memory_(std::move(other.memory_)),
          seen_(other.seen_),
          has_event_index_(other.has_event_index_),
          live_(std::exchange(other.live_, false)),
          waiting_(other.waiting_) {}
    PolledQueue& operator=(PolledQueue&&) = delete;
    ~PolledQueue() { static_cast<void>(end()); }

    [[nodiscard]] const T& transport() const noexcept { return transport_; }

    // What is left of the start. Errors as check_works().
    [[nodiscard]] io::Result<> begin() { return virtio::start(transport_); }

    // After a success the device touches no memory any more, and a further offer is no_device.
    // Errors as reset(): then each memory of a request that did not end must stay allocated.
    [[nodiscard]] io::Result<> stop() {
        const auto stopped = reset(transport_, *clock_);
        if (stopped)
            live_ = false;
        return stopped;
    }
    // Once, before what is in the queue ends: whether the device has let go of all memory. If not,
    // that of the queue is leaked.
    [[nodiscard]] bool end() {
        if (!live_ || stop())
            return true;
        live_ = false;
        std::move(memory_).leak();
        return false;
    }

    // no_device after the stop, busy while the device has a request that did not end.
    [[nodiscard]] io::Result<> check_idle() const {
        if (live_ && !waiting_)
            return {};
        return io::fail(live_ ? io::Error::busy : io::Error::no_device);
    }

    // Memory of the next request, which begins with entry 0; has_next leads on to i + 1.
    void describe(unsigned i, io::DmaAddress address, std::uint32_t bytes, std::uint16_t flags) {
        const auto entry = IO_PROJECT(memory_, descriptors, at(i));
        IO_WRITE(entry, address_low, low(address));
        IO_WRITE(entry, address_high, high(address));
        IO_WRITE(entry, length, bytes);
        IO_WRITE(entry, flags, flags);
        IO_WRITE(entry, next, static_cast<std::uint16_t>(i + 1));
    }
    // The request of check_idle(); how many bytes the device says that it has written, most at
    // most. It has not ended after timed_out, after no_device when the device has gone, and after
    // io_error when it wants a reset or says what cannot be.
    [[nodiscard]] io::Result<std::uint32_t> offer(std::uint32_t most) {
        waiting_ = true; // until the device says, in words that can be true, that it has ended
        const auto written = offer_and_wait();
        if (!written)
            return written;
        if (*written > most)
            return io::fail(io::Error::io_error);
        waiting_ = false;
        return written;
    }

private:
    using Doorbell = typename T::Doorbell;

    PolledQueue(const T& transport,
                Clock& clock,
                const Doorbell& doorbell,
                Memory memory,
                bool has_event_index) noexcept
        : transport_(transport),
          clock_(&clock),
          doorbell_(doorbell),
          memory_(std::move(memory)),
          has_event_index_(has_event_index) {}

    io::Result<std::uint32_t> offer_and_wait() {
        IO_WRITE(memory_, available.ring, at(seen_ % Size), std::uint16_t{0});
        const auto next = static_cast<std::uint16_t>(seen_ + 1);
        // No interrupt: none is wanted at an index that used.index has passed.
        const int passed = transport_.has_interrupt() ? 0 : 1;
        if (has_event_index_)
            IO_WRITE(memory_, available.used_event, static_cast<std::uint16_t>(seen_ - passed));
        if (make_available(memory_, seen_, next, has_event_index_))
            doorbell_.ring();
        const auto used =
            io::read_poll_timeout([&] { return used_index(); },
                                  [&](const std::uint16_t& now) { return now != seen_; },
                                  look_every,
                                  give_up_after,
                                  *clock_);
        if (!used)
            return io::fail(used.error());
        const auto entry = IO_PROJECT(memory_, used.ring, at(seen_ % Size));
        if (*used != next || IO_READ(entry, id) != 0u)
            return io::fail(io::Error::io_error); // of what was never offered
        seen_ = next;
        return std::uint32_t{IO_READ(entry, length)};
    }
    // The device's word in memory; while there is no new one, its registers say whether one can
    // come.
    io::Result<std::uint16_t> used_index() const {
        const std::uint16_t now = io::observe(IO_PROJECT(memory_, used.index));
        if (now == seen_) {
            if (auto works = check_works(transport_); !works)
                return io::fail(works.error());
        }
        return now;
    }

    T transport_;
    Clock* clock_;
    Doorbell doorbell_;
    Memory memory_;
    std::uint16_t seen_ = 0;
    bool has_event_index_;
    bool live_ = true;
    bool waiting_ = false;
};

} // namespace virtio
