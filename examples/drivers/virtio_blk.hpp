// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A disk behind virtio-mmio: sectors of 512 bytes, one request at a time, polled (virtio 1.2, 5.2).
//
//   auto disk = virtio_blk::Disk<View, MyDma, Clock>::start(view, dma, clock);
//   auto memory = io::Coherent<std::byte[], MyDma>::zeroed(dma, 4096);
//   auto done = disk->read(0, *memory);

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
inline constexpr std::size_t header_bytes = 16;
enum class Type : std::uint32_t { read = 0, write = 1 };
enum class Outcome : std::uint8_t { ok = 0, io_error = 1, unsupported = 2 };

inline constexpr std::size_t sector_bytes = 512;

template <io::IoOf<virtio::Mmio> View, io::DmaDevice Dma, class Clock>
class Disk {
public:
    static constexpr unsigned queue_size = 4; // a request takes three
    using Queue = virtio::Queue<queue_size>;

    // Errors as virtio::negotiate() and set_up_queue() have them, no_memory, and io_error when the
    // capacity changes under each look. All of it must outlive the disk.
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
        if (auto ready = virtio::set_up_queue(view, 0, *queue); !ready)
            return io::fail(ready.error());
        const auto sectors = capacity_of(view);
        if (!sectors)
            return io::fail(sectors.error());
        virtio::start(view);
        return io::Result<Disk>{
            Disk{view, clock, std::move(*queue), std::move(*request), *sectors, has_event_index}};
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
    // The device lets go of the memory before that does.
    ~Disk() {
        if (live_)
            static_cast<void>(virtio::reset(view_, *clock_));
    }

    [[nodiscard]] std::uint64_t sectors() const noexcept { return sectors_; }

    // As many sectors as the memory (a Coherent or a part of one) has, from one on. out_of_bounds
    // past the last, invalid_argument for parts of sectors, both without an access; timed_out,
    // after which the memory is the device's until this disk goes, and busy for each further call;
    // io_error or unsupported by the device's word.
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
         std::uint64_t sectors,
         bool has_event_index) noexcept
        : view_(view),
          clock_(&clock),
          queue_(std::move(queue)),
          request_(std::move(request)),
          sectors_(sectors),
          has_event_index_(has_event_index) {}

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
        if (waiting_)
            return io::fail(io::Error::busy);
        IO_WRITE(request_, type, static_cast<std::uint32_t>(type));
        IO_WRITE(request_, sector_low, virtio::low(sector));
        IO_WRITE(request_, sector_high, virtio::high(sector));
        IO_WRITE(request_, status, std::uint8_t{0xff});
        const io::DmaAddress header = request_.dma_address();
        const std::uint16_t direction = type == Type::read ? virtio::device_writes : 0;
        describe(0, header, header_bytes, virtio::has_next);
        describe(1,
                 memory.dma_address(),
                 memory.size_bytes(),
                 static_cast<std::uint16_t>(direction | virtio::has_next));
        describe(2, IO_PROJECT(request_, status).dma_address(), 1, virtio::device_writes);

        IO_WRITE(queue_, available.ring, at(seen_ % queue_size), std::uint16_t{0});
        const auto next = static_cast<std::uint16_t>(seen_ + 1);
        // No interrupt: none is wanted at an index that used.index has passed.
        if (has_event_index_)
            IO_WRITE(queue_, available.used_event, static_cast<std::uint16_t>(seen_ - 1));
        if (virtio::make_available(queue_, seen_, next, has_event_index_))
            io::publish(view_.template view_of<virtio::QueueNotify>(), virtio::QueueNotify{});
        const auto used = io::read_poll_timeout(
            [&] { return std::uint16_t{io::observe(IO_PROJECT(queue_, used.index))}; },
            [&](const std::uint16_t& now) { return now == next; },
            virtio::look_every,
            virtio::give_up_after,
            *clock_);
        if (!used) {
            waiting_ = true;
            return io::fail(used.error());
        }
        const std::uint32_t id = IO_READ(queue_, used.ring, at(seen_ % queue_size), id);
        seen_ = next;
        if (id != 0)
            return io::fail(io::Error::io_error);
        switch (static_cast<Outcome>(IO_READ(request_, status))) {
        case Outcome::ok:
            return {};
        case Outcome::unsupported:
            return io::fail(io::Error::unsupported);
        default:
            return io::fail(io::Error::io_error);
        }
    }

    void describe(unsigned i, io::DmaAddress address, std::size_t bytes, std::uint16_t flags) {
        const auto entry = IO_PROJECT(queue_, descriptors, at(i));
        IO_WRITE(entry, address_low, virtio::low(address));
        IO_WRITE(entry, address_high, virtio::high(address));
        IO_WRITE(entry, length, static_cast<std::uint32_t>(bytes));
        IO_WRITE(entry, flags, flags);
        IO_WRITE(entry, next, static_cast<std::uint16_t>(i + 1));
    }

    View view_;
    Clock* clock_;
    io::Coherent<Queue, Dma> queue_;
    io::Coherent<Request, Dma> request_;
    std::uint64_t sectors_;
    std::uint16_t seen_ = 0;
    bool has_event_index_;
    bool live_ = true;
    bool waiting_ = false;
};

} // namespace virtio_blk
