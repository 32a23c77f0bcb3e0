// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A disk of virtio: sectors of 512 bytes, one request at a time, polled (virtio 1.2, 5.2).
//
//   auto disk = virtio_blk::start(virtio::OverMmio{view}, dma, clock);   // or OverPci
//   auto memory = io::Coherent<std::byte[], MyDma>::zeroed(dma, 4096);
//   auto done = disk->read(0, *memory);
//
// Memory of a request that did not end is the device's: virtio_polled.hpp.

#include <ioview/dma/coherent.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/endian.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>

#include "virtio.hpp"
#include "virtio_polled.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace virtio_blk {

namespace io = ioview;

// 5.2.4, the first of the configuration: sectors, in two halves.
struct Config : io::Region<8> {};
struct Capacity : io::Register<Capacity, std::uint32_t, io::array<0, 2, 4, Config>, io::ro> {
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

template <virtio::Transport Transport, io::DmaDevice Dma, class Clock>
class Disk {
public:
    static constexpr unsigned queue_size = 4; // a request takes three
    using Queue = virtio::PolledQueue<Transport, Dma, Clock, queue_size>;

    // Errors as virtio::negotiate(), set_up_queue() and start() have them, no_memory, and io_error
    // when the capacity changes under each look. All of it must outlive the disk.
    [[nodiscard]] static io::Result<Disk>
    start(const Transport& transport, Dma& dma, Clock& clock) {
        auto memory = Queue::Memory::zeroed(dma);
        if (!memory)
            return io::fail(memory.error());
        auto request = io::Coherent<Request, Dma>::zeroed(dma);
        if (!request)
            return io::fail(request.error());
        auto queue = Queue::start(transport, std::move(*memory), clock, virtio::DeviceId::block);
        if (!queue)
            return io::fail(queue.error());
        Disk disk{std::move(*queue), std::move(*request)};
        const auto sectors = capacity_of(transport);
        if (!sectors)
            return io::fail(sectors.error());
        disk.sectors_ = *sectors;
        if (auto begun = disk.queue_.begin(); !begun)
            return io::fail(begun.error());
        return io::Result<Disk>{std::move(disk)};
    }

    Disk(Disk&&) noexcept = default;
    Disk& operator=(Disk&&) = delete;
    // The device lets go of the memory before that does, or the memory stays with it.
    ~Disk() {
        if (!queue_.end())
            std::move(request_).leak();
    }

    // After a success the device touches no memory any more, and further calls are no_device.
    // Errors as virtio::reset(): then each memory of a request that did not end must stay
    // allocated.
    [[nodiscard]] io::Result<> stop() { return queue_.stop(); }

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
    Disk(Queue queue, io::Coherent<Request, Dma> request) noexcept
        : queue_(std::move(queue)), request_(std::move(request)) {}

    // 2.5.1: both halves of one generation.
    static io::Result<std::uint64_t> capacity_of(const Transport& transport) {
        using Generation = typename Transport::ConfigGeneration;
        const auto config = transport.template config<Config>();
        if (!config)
            return io::fail(config.error());
        for (int tries = 0; tries < 8; ++tries) {
            const auto before = transport.registers().template read<Generation>();
            const std::uint64_t low = config->read(Capacity::at(0)).half();
            const std::uint64_t high = config->read(Capacity::at(1)).half();
            if (transport.registers().template read<Generation>() == before)
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
        if (auto idle = queue_.check_idle(); !idle)
            return idle;
        const auto length = static_cast<std::uint32_t>(bytes);
        IO_WRITE(request_, type, static_cast<std::uint32_t>(type));
        IO_WRITE(request_, sector_low, virtio::low(sector));
        IO_WRITE(request_, sector_high, virtio::high(sector));
        IO_WRITE(request_, status, std::uint8_t{0xff});
        const std::uint16_t direction = type == Type::read ? virtio::device_writes : 0;
        queue_.describe(0, request_.dma_address(), header_bytes, virtio::has_next);
        queue_.describe(1,
                        memory.dma_address(),
                        length,
                        static_cast<std::uint16_t>(direction | virtio::has_next));
        queue_.describe(2, IO_PROJECT(request_, status).dma_address(), 1, virtio::device_writes);

        const auto written = queue_.offer(type == Type::read ? length + 1 : 1u);
        if (!written)
            return io::fail(written.error());
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

    Queue queue_;
    io::Coherent<Request, Dma> request_;
    std::uint64_t sectors_ = 0;
};

template <virtio::Transport Transport, io::DmaDevice Dma, class Clock>
[[nodiscard]] auto start(const Transport& transport, Dma& dma, Clock& clock) {
    return Disk<Transport, Dma, Clock>::start(transport, dma, clock);
}

} // namespace virtio_blk
