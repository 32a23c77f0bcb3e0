// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of a source of random bytes of virtio, behind any transport.

#include <ioview/dma.hpp>

#include "../../../examples/drivers/virtio_rng.hpp"
#include "../support/report.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {

template <virtio::Transport Transport, io::DmaDevice Dma, class Clock>
void check_virtio_rng(Report& report, const Transport& transport, Dma& dma, Clock& clock) {
    using Bytes = io::Coherent<std::uint8_t[], Dma>;
    auto random = virtio_rng::start(transport, dma, clock);
    report.check("virtio-rng", "features agreed, queue set up", [&] { return random.has_value(); });
    if (!random)
        return;
    constexpr std::size_t count = 32;
    const auto one = Bytes::zeroed(dma, count);
    const auto two = Bytes::zeroed(dma, count);
    if (!one || !two)
        return;
    report.check("virtio-rng", "random bytes, not all of them the same", [&] {
        const auto filled = random->fill(*one);
        if (!filled || *filled > count)
            return false;
        for (std::size_t i = 1; i < *filled; ++i) {
            if (one->at(i).read() != one->at(0).read())
                return true;
        }
        return false;
    });
    report.check("virtio-rng", "others the next time", [&] {
        const auto filled = random->fill(*two);
        for (std::size_t i = 0; i < filled.value_or(0); ++i) {
            if (one->at(i).read() != two->at(i).read())
                return true;
        }
        return false;
    });
    report.check("virtio-rng", "none past the memory that it was given", [&] {
        for (std::size_t i = 0; i < count; ++i)
            two->at(i).write(0xa5);
        const auto filled = random->fill(two->subview(0, count / 2));
        for (std::size_t i = count / 2; i < count; ++i) {
            if (two->at(i).read() != 0xa5)
                return false;
        }
        return filled && *filled <= count / 2;
    });
    report.refuses("virtio-rng", "no bytes at all", io::Error::invalid_argument, [&] {
        return random->fill(one->subview(0, 0));
    });
    report.check("virtio-rng", "its queue, around more than once", [&] {
        for (unsigned i = 0; i < 3 * random->queue_size; ++i) {
            if (!random->fill(*one))
                return false;
        }
        return true;
    });
    report.check("virtio-rng", "stopped, and started once more", [&] {
        if (!random->stop() || random->fill(*one))
            return false;
        auto again = virtio_rng::start(transport, dma, clock);
        return again && again->fill(*one).has_value();
    });
}

} // namespace hardware
