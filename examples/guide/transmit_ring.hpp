// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A transmit queue: descriptors in coherent memory, frames that are lent to the device and come
// back, a doorbell.

#include <ioview/dma/streaming.hpp>
#include <ioview/ioview.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace tx {

namespace io = ioview;

// [layout]
constexpr std::uint32_t slots = 4;

struct Descriptor {
    io::le<std::uint64_t> address;
    io::le<std::uint32_t> bytes;
    io::le<std::uint32_t> reserved;
};
struct Queue { // in memory that both see
    Descriptor entries[slots];
    io::le<std::uint32_t> done; // the device's: the slot that it will take next
};
struct Frame {
    char text[1'536];
};

struct Nic : io::Region<0x20, 8> {};
struct QueueBase : io::Register<QueueBase, std::uint64_t, io::fixed<0x00, Nic>> {
    IO_FIELDS(bits(63, 0, address));
};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x08, Nic>, io::reset<0>> {
    IO_FIELDS(bit(0, enable));
};
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0c, Nic>, io::ro> {
    static constexpr bool never_all_ones = true; // so that a poll sees removal
    IO_FIELDS(bit(0, running));
};
struct Doorbell : io::Register<Doorbell, std::uint32_t, io::fixed<0x10, Nic>, io::wo> {
    IO_FIELDS(bits(31, 0, next)); // the slot behind the last that is filled
};
// [/layout]

// [sender]
// Bar and Memory are any views; Memory's owner outlives this. One thread at a time.
template <io::IoOf<Nic> Bar, io::IoOf<Queue> Memory, io::StreamingDma Dma>
class Sender {
public:
    using Mine = io::Streaming<Frame, io::DmaDirection::to_device, Dma>;

    Sender(Bar bar, Memory queue) : bar_(bar), queue_(queue) {}

    void start(io::DmaAddress queue) {
        bar_.write(QueueBase{}.with_address(queue));
        bar_.write(Control::reset().with_enable(true));
    }

    [[nodiscard]] bool has_room() const { return !ring_.full(); }

    // Lends the frame until completed() gives it back. After an error, busy or message_too_large,
    // the device has nothing of it.
    io::Result<> send(Mine frame, std::uint32_t bytes) {
        if (bytes > sizeof(Frame))
            return io::fail(io::Error::message_too_large);
        if (!has_room())
            return io::fail(io::Error::busy);
        const auto slot = ring_.write.value();
        lent_[slot] = std::move(frame).sync_for_device(); // caches cleaned: the device may look
        const auto entry = IO_PROJECT(queue_, entries, at(slot));
        IO_WRITE(entry, address, lent_[slot]->dma_address());
        IO_WRITE(entry, bytes, bytes);
        ring_.write = Ring::advance(ring_.write, 1);
        io::publish(bar_.template view_of<Doorbell>(), Doorbell{}.with_next(ring_.write.value()));
        return {};
    }

    // The oldest frame that the device has sent, if there is one. io_error: it says what cannot be.
    io::Result<std::optional<Mine>> completed() {
        const auto done = Ring::check(io::observe(IO_PROJECT(queue_, done)));
        if (!done)
            return io::fail(io::Error::io_error);
        if (*done == ring_.read)
            return std::nullopt;
        if (Ring{.write = *done, .read = ring_.read}.used() > ring_.used())
            return io::fail(io::Error::io_error);
        auto lent = std::exchange(lent_[ring_.read.value()], std::nullopt);
        ring_.read = Ring::advance(ring_.read, 1);
        return std::move(*lent).sync_for_cpu();
    }

    // After a success nothing is the device's any more. After an error it may be: frames that are
    // lent stay where they are, and so must the queue.
    template <class Clock>
    io::Result<> stop(Clock& clock) {
        bar_.write(Control::reset());
        const auto stopped = io::wait_until<Status>(
            bar_, [](Status status) { return !status.running(); }, io::Timing{1u, 1'000u}, clock);
        for (auto& lent : lent_) {
            if (lent && !stopped)
                std::move(*lent).leak();
            lent.reset();
        }
        if (!stopped)
            return io::fail(stopped.error());
        return {};
    }

private:
    using Ring = io::Ring<slots>;

    Bar bar_;
    Memory queue_;
    Ring ring_;
    std::array<std::optional<io::LentToDevice<Frame, io::DmaDirection::to_device, Dma>>, slots>
        lent_;
};
// [/sender]

} // namespace tx
