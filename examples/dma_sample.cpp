// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Memory shared with a device: filled while the CPU alone has it, handed over, read back through a
// device's own DMA engine, and given back. On a simulated `edu` whose DMA addresses have 28 bits.

#include <ioview/dma.hpp>

#include "drivers/edu.hpp"
#include "drivers/edu_simulated.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace io = ioview;

namespace {

struct Pair {
    std::uint32_t h;
    std::uint32_t b;
};
constexpr Pair values[] = {{0xa, 0xb}, {0xc, 0xd}, {0xcd, 0xef}, {0, 0xffff'ffff}, {1, 2}};
constexpr std::size_t count = sizeof values / sizeof values[0];

} // namespace

template <>
inline constexpr bool ioview::enable_plain_data<Pair> = true;

namespace {

// [sample]
// Any device that copies like an edu.
template <io::IoOf<edu::Edu> Bar, class Pairs, class Clock>
io::Result<> exchange(const Bar& bar, const Pairs& sent, const Pairs& received, Clock& clock) {
    if (auto copied = edu::copy_to_device(bar, sent, 0x100, clock); !copied)
        return copied;
    if (auto copied = edu::copy_from_device(bar, 0x100, received, clock); !copied)
        return copied;
    for (std::size_t i = 0; i < count; ++i)
        std::printf(
            "%zu: h 0x%x b 0x%x\n", i, IO_READ(received, at(i), h), IO_READ(received, at(i), b));

    // one element, to another place: projecting moves both addresses
    if (auto copied = edu::copy_to_device(bar, IO_PROJECT(sent, at(2)), 0x0, clock); !copied)
        return copied;
    if (auto copied = edu::copy_from_device(bar, 0x0, IO_PROJECT(received, at(0)), clock); !copied)
        return copied;
    const Pair first = received.at(0).copy_read();
    std::printf("element 2 is now element 0: h 0x%x b 0x%x\n", first.h, first.b);

    const auto outside = IO_READ(received, try_at(count), h);
    std::printf("element %zu: %s\n", count, io::to_string(outside.error()));
    const auto too_far = edu::copy_to_device(bar, sent, edu::buffer_bytes - 8, clock);
    std::printf("past the device's buffer: %s\n", io::to_string(too_far.error()));
    return {};
}

// Any allocator.
template <io::IoOf<edu::Edu> Bar, io::DmaDevice Dma, class Clock>
io::Result<> sample(const Bar& bar, Dma& dma, Clock& clock) {
    using Pairs = io::Coherent<Pair[], Dma>;

    auto box = io::CoherentBox<Pair[], Dma>::zeroed(dma, count);
    if (!box)
        return io::fail(box.error());
    for (std::size_t i = 0; i < count; ++i) {
        if (auto made = box->init_at(i, values[i]); !made)
            return made;
    }
    Pairs sent = std::move(*box).share(); // from here on the device may know it
    auto received = Pairs::zeroed(dma, count);
    if (!received)
        return io::fail(received.error());

    const auto done = exchange(bar, sent, *received, clock);
    if (!done && !edu::wait_idle(bar, clock)) { // it may still write: no confirmed end, no free
        std::move(sent).leak();
        std::move(*received).leak();
    }
    return done;
}
// [/sample]

} // namespace

int main() {
    io::testing::FakeDma dma{edu::Simulated::dma_mask};
    edu::Simulated device{dma};
    if (auto done = sample(device.bar(), dma, device.clock); !done) {
        std::printf("failed: %s\n", io::to_string(done.error()));
        return 1;
    }
    std::printf("allocations left: %zu\n", dma.outstanding());
}
