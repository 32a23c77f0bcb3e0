// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of a disk of 2 MiB of virtio, behind any transport, which has what disk.hpp says.

#include "../../../examples/drivers/virtio_blk.hpp"
#include "../support/report.hpp"
#include "disk.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {

// empty: a transport without a device; other: one with a device that is no disk.
template <virtio::Transport Transport, io::DmaDevice Dma, class Clock>
void check_virtio_blk(Report& report,
                      const Transport& transport,
                      const Transport& empty,
                      const Transport& other,
                      Dma& dma,
                      Clock& clock) {
    using Disk = virtio_blk::Disk<Transport, Dma, Clock>;
    report.refuses("virtio-blk", "no disk attached", io::Error::no_device, [&] {
        return Disk::start(empty, dma, clock);
    });
    report.refuses("virtio-blk", "a device that is no disk", io::Error::no_device, [&] {
        return Disk::start(other, dma, clock);
    });
    report.check("virtio-blk", "features agreed, queue set up", [&] {
        const auto started = Disk::start(transport, dma, clock);
        return started && started->sectors() == 2 * half_bytes / virtio_blk::sector_bytes;
    });
    auto started = Disk::start(transport, dma, clock);
    report.check("virtio-blk", "reset, and started once more", [&] { return started.has_value(); });
    if (!started)
        return;
    using Chunk = io::Coherent<io::le<std::uint32_t>[], Dma>;
    const auto memory = Chunk::zeroed(dma, chunk_bytes / 4);
    if (!memory)
        return;
    const std::uint32_t sectors = chunk_bytes / virtio_blk::sector_bytes;
    const std::uint32_t words = chunk_bytes / 4;
    const auto verify = [&](std::uint32_t half, std::uint32_t seed) {
        for (std::uint32_t n = 0; n < half_bytes / chunk_bytes; ++n) {
            const std::uint32_t first = half * (half_bytes / virtio_blk::sector_bytes);
            if (!started->read(first + n * sectors, *memory))
                return false;
            for (std::uint32_t i = 0; i < words; ++i) {
                if (memory->at(i).read() != pattern_at(seed, n * words + i))
                    return false;
            }
        }
        return true;
    };
    report.check("virtio-blk", "1 MiB as the host wrote it", [&] { return verify(0, first_seed); });
    report.check("virtio-blk", "1 MiB written for the host", [&] {
        for (std::uint32_t n = 0; n < half_bytes / chunk_bytes; ++n) {
            for (std::uint32_t i = 0; i < words; ++i)
                memory->at(i).write(pattern_at(second_seed, n * words + i));
            const std::uint32_t first = half_bytes / virtio_blk::sector_bytes;
            if (!started->write(first + n * sectors, *memory))
                return false;
        }
        return true;
    });
    report.check("virtio-blk", "and read back", [&] { return verify(1, second_seed); });
    report.refuses("virtio-blk", "sectors past the last", io::Error::out_of_bounds, [&] {
        return started->read(started->sectors() - 1, *memory);
    });
    report.refuses("virtio-blk", "a part of a sector", io::Error::invalid_argument, [&] {
        return started->read(0, memory->subview(0, 100));
    });
    report.refuses("virtio-blk",
                   "the device says that the disk has ended",
                   io::Error::io_error,
                   [&] { return started->read_unchecked(started->sectors() - 1, *memory); });
    report.check("virtio-blk", "and goes on after that", [&] { return started->read(0, *memory); });
    const auto one = memory->subview(0, virtio_blk::sector_bytes / 4);
    report.check("virtio-blk", "the last sector alone, as it was written", [&] {
        const std::uint32_t at = half_bytes / 4 - virtio_blk::sector_bytes / 4;
        return started->read(started->sectors() - 1, one) &&
               one.at(0).read() == pattern_at(second_seed, at);
    });
    report.refuses("virtio-blk", "the sector after it", io::Error::out_of_bounds, [&] {
        return started->read(started->sectors(), one);
    });
    report.refuses("virtio-blk", "a sector of 64 bits", io::Error::out_of_bounds, [&] {
        return started->write(~std::uint64_t{0}, one);
    });
    report.refuses("virtio-blk", "no bytes at all", io::Error::invalid_argument, [&] {
        return started->read(0, memory->subview(0, 0));
    });
    report.check("virtio-blk", "its queue, around more than once, a sector at a time", [&] {
        for (unsigned i = 0; i < 24; ++i) {
            if (!started->read(i, one))
                return false;
        }
        return true;
    });
    report.check("virtio-blk", "reset while it is used, and by another start", [&] {
        auto again = Disk::start(transport, dma, clock);
        return again && again->read(0, one);
    });
}

} // namespace hardware
