// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Two frames go through the queue of transmit_ring.hpp, to a simulated device that does not see the
// CPU's caches.

#include "transmit_ring.hpp"

#include "transmit_ring_simulated.hpp"

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace io = ioview;
using namespace tx;

namespace {

// [drive]
template <class Sender, class Dma>
io::Result<> send_all(Sender& sender, Dma& dma, io::StreamingBuffer<Frame>& buffer) {
    auto mine = io::stream_to_device(dma, buffer);
    for (const std::string_view text : {"one", "two"}) {
        if (!mine)
            return io::fail(mine.error());
        text.copy((*mine)->text, text.size());
        if (auto sent = sender.send(*std::move(mine), std::uint32_t(text.size())); !sent)
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
    for (const std::string& text : device.sent)
        std::printf("the device has sent: %s\n", text.c_str());
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
