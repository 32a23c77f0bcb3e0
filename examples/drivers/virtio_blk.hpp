// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A disk behind virtio-mmio: sectors of 512 bytes, one request at a time, polled (virtio 1.2, 5.2).
//
//   auto disk = virtio_blk::Disk<View, MyDma, Clock>::start(view, dma, clock);
//   auto memory = io::Coherent<std::byte[], MyDma>::zeroed(dma, 4096);
//   auto done = disk->read(0, *memory);
//
// What a device may still write is not given back: memory of a request that did not end is the
// device's until stop() is a success, and a disk that does not stop leaks its queue, of which a Dma
// with leaked() is told (ioview/dma/device.hpp).

#include <ioview/dma/coherent.hpp>
#include <ioview/dma/handover.hpp>

#include "virtio_mmio.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace virtio_blk {

namespace io = ioview;

// 5.2.4, the first of the configuration: sectors, in two halves.
struct Capacity
    : io::Register<Capacity, std::uint32_t, io::array<0x100, 2, 4, virtio::Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, half));
};

// 5.2.6, what goes around the data. The device reads the first three, and writes the status.
struct Request {
    io::le<std::uint32_t> type;
    io::le<std::uint32_t> reserved;
    io::le<std::uint32_t> sector_low;
    io::le<std::uint32_t> sector_high;
    std::uint8_t status;
};
inline constexpr std::uint32_t header_bytes = 16;
enum class Type : std::uint32_t { read = 0, write = 1 };
enum class Outcome : std::uint8_t { ok = 0, io_error = 1, unsupported = 2 };

inline constexpr std::size_t sector_bytes = 512;
// Of one request: what the device says that it has written, one byte more, is of 32 bits.
inline constexpr std::uint64_t most_bytes = 0xffff'fe00;

template <io::IoOf<virtio::Mmio> View, io::DmaDevice Dma, class Clock>
class Disk {
public:
    static constexpr unsigned queue_size = 4; // a request takes three
    using Queue = virtio::Queue<queue_size>;

    // Errors as virtio::negotiate(), set_up_queue() and start() have them, no_memory, and io_error
    // when the capacity changes under each look. All of it must outlive the disk.
    [[nodiscard]] static io::Result<Disk> start(View view, Dma& dma, Clock& clock) {
        auto queue = io::Coherent<Queue, Dma>::zeroed(dma);
        if (!queue)
            return io::fail(queue.error());
        auto request = io::Coherent<Request, Dma>::zeroed(dma);
        if (!request)
            return io::fail(request.error());
        const auto agreed =
            virtio::negotiate(view, virtio::DeviceId::block, virtio::feature_event_index, clock);
        if (!agreed)
            return io::fail(agreed.error());
        const bool has_event_index = (*agreed & virtio::feature_event_index) != 0;
        if (!has_event_index)
            IO_WRITE(*queue, available.flags, virtio::no_interrupt);
        Disk disk{view, clock, std::move(*queue), std::move(*request), has_event_index};
        if (auto ready = disk.begin(); !ready)
            return io::fail(ready.error());
        return io::Result<Disk>{std::move(disk)};
    }

    Disk(Disk&& other) noexcept
        : view_(other.view_),
          clock_(other.clock_),
          queue_(std::move(other.queue_)),
          request_(std::move(other.request_)),
          sectors_(other.sectors_),
          seen_(other.seen_),
          has_event_index_(other.has_event_index_),
          live_(std::exchange(other.live_, false)),
          waiting_(other.waiting_) {}
    Disk& operator=(Disk&&) = delete;
    // The device lets go of the memory before that does, or the memory stays with it.
    ~Disk() {
        if (live_ && !stop()) {
            std::move(queue_).leak();
            std::move(request_).leak();
        }
    }

    // After a success the device touches no memory any more, and further calls are no_device.
    // Errors as virtio::reset(): then each memory of a request that did not end must stay
    // allocated.
    [[nodiscard]] io::Result<> stop() {
        const auto stopped = virtio::reset(view_, *clock_);
        if (stopped)
            live_ = false;
        return stopped;
    }

    [[nodiscard]] std::uint64_t sectors() const noexcept { return sectors_; }

    // As many sectors as the memory (a Coherent or a part of one) has, from one on. Without an
    // access: out_of_bounds past the last, invalid_argument for parts of sectors, overflow for 4
    // GiB or more. io_error or unsupported by the device's word about this request. The request has
    // not ended after timed_out, after no_device when the device has gone, and after io_error when
    // it wants a reset or says what cannot be: then the memory is the device's until stop() is a
    // success, and each further call is busy.
    template <class Memory>
    io::Result<> read(std::uint64_t sector, const Memory& to) {
        return run(Type::read, sector, to);
    }
    template <class Memory>
    io::Result<> write(std::uint64_t sector, const Memory& from) {
        return run(Type::write, sector, from);
    }

    // The same without asking whether the disk has the sectors: for a disk that ends before it
    // says.
    template <class Memory>
    io::Result<> read_unchecked(std::uint64_t sector, const Memory& to) {
        return submit(Type::read, sector, to);
    }

private:
    Disk(View view,
         Clock& clock,
         io::Coherent<Queue, Dma> queue,
         io::Coherent<Request, Dma> request,
         bool has_event_index) noexcept
        : view_(view),
          clock_(&clock),
          queue_(std::move(queue)),
          request_(std::move(request)),
          has_event_index_(has_event_index) {}

    io::Result<> begin() {
        if (auto ready = virtio::set_up_queue(view_, 0, queue_); !ready)
            return ready;
        const auto sectors = capacity_of(view_);
        if (!sectors)
            return io::fail(sectors.error());
        sectors_ = *sectors;
        return virtio::start(view_);
    }

    // 2.5.1: both halves of one generation.
    static io::Result<std::uint64_t> capacity_of(const View& view) {
        for (int tries = 0; tries < 8; ++tries) {
            const auto before = view.template read<virtio::ConfigGeneration>();
            const std::uint64_t low = view.read(Capacity::at(0)).half();
            const std::uint64_t high = view.read(Capacity::at(1)).half();
            if (view.template read<virtio::ConfigGeneration>() == before)
                return high << 32 | low;
        }
        return io::fail(io::Error::io_error);
    }

    template <class Memory>
    io::Result<> run(Type type, std::uint64_t sector, const Memory& memory) {
        const std::size_t bytes = memory.size_bytes();
        if (bytes == 0 || bytes % sector_bytes != 0)
            return io::fail(io::Error::invalid_argument);
        if (sector > sectors_ || bytes / sector_bytes > sectors_ - sector)
            return io::fail(io::Error::out_of_bounds);
        return submit(type, sector, memory);
    }

    template <class Memory>
    io::Result<> submit(Type type, std::uint64_t sector, const Memory& memory) {
        const std::uint64_t bytes = memory.size_bytes();
        if (bytes > most_bytes)
            return io::fail(io::Error::overflow);
        if (!live_)
            return io::fail(io::Error::no_device);
        if (waiting_)
            return io::fail(io::Error::busy);
        const auto length = static_cast<std::uint32_t>(bytes);
        IO_WRITE(request_, type, static_cast<std::uint32_t>(type));
        IO_WRITE(request_, sector_low, virtio::low(sector));
        IO_WRITE(request_, sector_high, virtio::high(sector));
        IO_WRITE(request_, status, std::uint8_t{0xff});
        const std::uint16_t direction = type == Type::read ? virtio::device_writes : 0;
        describe(0, request_.dma_address(), header_bytes, virtio::has_next);
        describe(1,
                 memory.dma_address(),
                 length,
                 static_cast<std::uint16_t>(direction | virtio::has_next));
        describe(2, IO_PROJECT(request_, status).dma_address(), 1, virtio::device_writes);

        waiting_ = true; // until the device says, in words that can be true, that it has ended
        const auto written = offer_and_wait();
        if (!written)
            return io::fail(written.error());
        if (*written > (type == Type::read ? length + 1 : 1u))
            return io::fail(io::Error::io_error);
        waiting_ = false;
        switch (static_cast<Outcome>(IO_READ(request_, status))) {
        case Outcome::ok:
            if (type == Type::read && *written != length + 1)
                return io::fail(io::Error::io_error); // it has not filled the memory
            return {};
        case Outcome::unsupported:
            return io::fail(io::Error::unsupported);
        default:
            return io::fail(io::Error::io_error);
        }
    }

    // The chain from descriptor 0 on; how many bytes the device says that it has written.
    io::Result<std::uint32_t> offer_and_wait() {
        IO_WRITE(queue_, available.ring, at(seen_ % queue_size), std::uint16_t{0});
        const auto next = static_cast<std::uint16_t>(seen_ + 1);
        // No interrupt: none is wanted at an index that used.index has passed.
        if (has_event_index_)
            IO_WRITE(queue_, available.used_event, static_cast<std::uint16_t>(seen_ - 1));
        if (virtio::make_available(queue_, seen_, next, has_event_index_))
            io::publish(view_.template view_of<virtio::QueueNotify>(), virtio::QueueNotify{});
        const auto used =
            io::read_poll_timeout([&] { return used_index(); },
                                  [&](const std::uint16_t& now) { return now != seen_; },
                                  virtio::look_every,
                                  virtio::give_up_after,
                                  *clock_);
        if (!used)
            return io::fail(used.error());
        const auto entry = IO_PROJECT(queue_, used.ring, at(seen_ % queue_size));
        if (*used != next || IO_READ(entry, id) != 0u)
            return io::fail(io::Error::io_error); // of what was never offered
        seen_ = next;
        return std::uint32_t{IO_READ(entry, length)};
    }
    // The device's word in memory; while there is no new one, its registers say whether one can
    // come.
    io::Result<std::uint16_t> used_index() const {
        const std::uint16_t now = io::observe(IO_PROJECT(queue_, used.index));
        if (now == seen_) {
            if (auto works = virtio::check_works(view_); !works)
                return io::fail(works.error());
        }
        return now;
    }

    void describe(unsigned i, io::DmaAddress address, std::uint32_t bytes, std::uint16_t flags) {
        const auto entry = IO_PROJECT(queue_, descriptors, at(i));
        IO_WRITE(entry, address_low, virtio::low(address));
        IO_WRITE(entry, address_high, virtio::high(address));
        IO_WRITE(entry, length, bytes);
        IO_WRITE(entry, flags, flags);
        IO_WRITE(entry, next, static_cast<std::uint16_t>(i + 1));
    }

    View view_;
    Clock* clock_;
    io::Coherent<Queue, Dma> queue_;
    io::Coherent<Request, Dma> request_;
    std::uint64_t sectors_ = 0;
    std::uint16_t seen_ = 0;
    bool has_event_index_;
    bool live_ = true;
    bool waiting_ = false;
};

} // namespace virtio_blk
