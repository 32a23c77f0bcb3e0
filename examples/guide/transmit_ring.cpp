// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A transmit queue, complete: descriptors in coherent memory, frames that are lent to the device
// and come back, a doorbell. On a simulated device that does not see the CPU's caches.

#include <ioview/dma/streaming.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

namespace io = ioview;

namespace {

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

// [device]
// The other side: a device made of callbacks, which reads memory by DMA address alone.
class Simulated {
public:
    explicit Simulated(io::testing::CachedFakeDma& dma) : dma_(dma) {
        registers.reg<QueueBase>("queue base");
        auto& status = registers.reg<Status>("status");
        registers.reg<Control>("control").on_write(
            [&status](auto&, auto written) { status.holds(written & 1); });
        registers.reg<Doorbell>("doorbell").on_write([this](auto&, auto next) { send(next); });
    }

    io::testing::Device registers{0x20};

private:
    void send(std::uint64_t next) {
        const auto queue = registers.view<Nic>().read<QueueBase>().address();
        for (; done_ != next; done_ = (done_ + 1) % slots) {
            Descriptor entry;
            Frame frame{};
            dma_.device_read(queue + done_ * sizeof entry, &entry, sizeof entry);
            dma_.device_read(entry.address, &frame, entry.bytes);
            std::printf("device: slot %u: %s\n", done_, frame.text);
        }
        const io::le<std::uint32_t> done{done_};
        dma_.device_write(queue + offsetof(Queue, done), &done, sizeof done);
    }

    io::testing::CachedFakeDma& dma_;
    std::uint32_t done_ = 0;
};
// [/device]

struct Clock { // time that passes only while somebody sleeps
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

// [drive]
template <class Sender, class Dma>
io::Result<> send_all(Sender& sender, Dma& dma, io::StreamingBuffer<Frame>& buffer) {
    auto mine = io::stream_to_device(dma, buffer);
    for (const std::string_view text : {"one", "two"}) {
        if (!mine)
            return io::fail(mine.error());
        text.copy((*mine)->text, text.size());
        if (auto sent = sender.send(*std::move(mine), 4); !sent)
            return sent;
        auto back = sender.completed();
        if (!back)
            return io::fail(back.error());
        if (!*back)
            return io::fail(io::Error::timed_out);
        mine = **std::move(back);
    }
    return {};
}

io::Result<> drive(io::testing::CachedFakeDma& dma, io::testing::Log& log) {
    static io::StreamingBuffer<Frame> buffer;
    Simulated device{dma};
    auto memory = io::Coherent<Queue, io::testing::CachedFakeDma>::zeroed(dma);
    if (!memory)
        return io::fail(memory.error());

    // one log of what the driver does to either, in order
    io::testing::Recorder bar{device.registers.view<Nic>(), log, "bar"};
    io::testing::Recorder queue{memory->view(), log, "queue"};
    auto bar_view = bar.view<Nic>();
    auto queue_view = queue.view<Queue>();
    using Dma = io::testing::CachedFakeDma;
    Sender<decltype(bar_view), decltype(queue_view), Dma> sender{bar_view, queue_view};

    sender.start(memory->dma_address());
    const auto sent = send_all(sender, dma, buffer);
    Clock clock;
    if (auto stopped = sender.stop(clock); !stopped) {
        std::move(*memory).leak(); // the device may still write to it
        return stopped;
    }
    return sent;
}
// [/drive]

} // namespace

int main() {
    io::testing::CachedFakeDma dma;
    io::testing::Log log;
    if (auto done = drive(dma, log); !done) {
        std::printf("failed: %s\n", io::to_string(done.error()));
        return 1;
    }
    for (const auto& access : log)
        std::puts(to_string(access).c_str());
    std::printf("allocations and mappings left: %zu\n", dma.outstanding());
}
