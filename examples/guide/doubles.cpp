// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What goes wrong with hardware, done to the queue of transmit_ring.hpp: the device is pulled out
// before any access, memory runs out, it is slow, it lies.

#include "transmit_ring.hpp"
#include "transmit_ring_simulated.hpp"

#include <cstddef>
#include <cstdio>
#include <optional>
#include <utility>

namespace io = ioview;
using io::testing::report_failure;

namespace {

// [checks]
// As the data sheet has it.
static_assert(sizeof(tx::Descriptor) == 16 && offsetof(tx::Queue, done) == 64);
static_assert(tx::Control{}.with_enable(true).raw() == 0x1);
// A driver of the one does not take the other.
struct Other : io::Region<0x20, 8> {};
static_assert(io::IoOf<io::Mmio<tx::Nic>, tx::Nic>);
static_assert(!io::IoOf<io::Mmio<Other>, tx::Nic>);
// [/checks]

// [rig]
struct Rig {
    using Dma = io::testing::CachedFakeDma; // whoever misuses it ends the program

    Dma dma;
    tx::Simulated device{dma};
    io::testing::Faulty<io::testing::DeviceBackend> faulty{device.registers.view<tx::Nic>()};
    io::StreamingBuffer<tx::Frame> buffers[tx::slots];

    // Allocates, starts, uses, stops, as a driver's life is.
    io::Result<> live(auto use) {
        auto memory = io::Coherent<tx::Queue, Dma>::zeroed(dma);
        if (!memory)
            return io::fail(memory.error());
        const auto bar = faulty.view<tx::Nic>();
        tx::Sender<decltype(bar), decltype(memory->view()), Dma> sender{bar, memory->view()};
        sender.start(memory->dma_address());
        const io::Result<> used = use(sender);
        tx::Clock clock;
        if (auto stopped = sender.stop(clock); !stopped) {
            std::move(*memory).leak();
            return stopped;
        }
        return used;
    }
    io::Result<> send(auto& sender, std::size_t n = 0) {
        auto frame = io::stream_to_device(dma, buffers[n]);
        return frame ? sender.send(*std::move(frame), 1) : io::fail(frame.error());
    }
};
// [/rig]

// [pulled_out]
void pulled_out() {
    for (std::size_t n = 0;; ++n) {
        Rig rig;
        rig.device.is_late = true;
        rig.faulty.unplug_after(n); // all ones from then on
        const auto done = rig.live([&](auto& sender) { return rig.send(sender); });
        rig.device.work(); // it may still run, and must find its memory
        if (done) {
            std::printf("pulled out before each of %zu accesses\n", n);
            return;
        }
        if (done.error() != io::Error::no_device)
            report_failure(io::to_string(done.error()));
    }
}
// [/pulled_out]

// [no_memory]
void no_memory() {
    for (std::size_t n = 1;; ++n) {
        Rig rig;
        rig.dma.fail_request(n);
        const auto done = rig.live([&](auto& sender) { return rig.send(sender); });
        if (rig.dma.outstanding() != 0)
            report_failure("something was not given back");
        if (done) {
            std::printf("each of %zu requests for memory refused\n", n - 1);
            return;
        }
        if (done.error() != io::Error::no_memory)
            report_failure(io::to_string(done.error()));
    }
}
// [/no_memory]

void slow() {
    Rig rig;
    rig.device.is_late = true;
    std::size_t taken = 0;
    const auto done = rig.live([&](auto& sender) {
        io::Result<> sent;
        while (taken < tx::slots && (sent = rig.send(sender, taken)))
            ++taken;
        return sent;
    });
    std::printf(
        "a device that does nothing: %zu frames, then %s\n", taken, io::to_string(done.error()));
}

void lying() {
    for (const unsigned number : {2u, 77u}) {
        Rig rig;
        rig.device.is_late = true;
        const auto done = rig.live([&](auto& sender) -> io::Result<> {
            if (auto sent = rig.send(sender); !sent)
                return sent;
            rig.device.say(number); // one frame was sent
            const auto frame = sender.completed();
            return frame ? io::Result<>{} : io::fail(frame.error());
        });
        std::printf("%u done of 1: %s\n", number, done ? "believed" : io::to_string(done.error()));
    }
}

// [posted]
// What hardware holds back: a write that nothing has pushed is not there when stop() returns.
void posted() {
    Rig rig;
    io::testing::Posted posted{rig.device.registers.view<tx::Nic>()};
    const auto bar = posted.view<tx::Nic>();
    bar.write(tx::Control::reset());
    std::printf("after a write: %zu under way\n", posted.waiting());
    io::flush<tx::Status>(bar);
    std::printf("after a flush: %zu\n", posted.waiting());
}
// [/posted]

} // namespace

int main() {
    pulled_out();
    no_memory();
    slow();
    lying();
    posted();
}
