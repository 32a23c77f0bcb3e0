// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A source of random bytes of virtio, one request at a time, polled (virtio 1.2, 5.4).
//
//   auto random = virtio_rng::start(transport, dma, clock);   // OverPci or OverMmio
//   auto memory = io::Coherent<std::byte[], MyDma>::zeroed(dma, 64);
//   auto bytes = random->fill(*memory);
//
// Memory of a request that did not end is the device's: virtio_polled.hpp.

#include <ioview/dma/coherent.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>

#include "virtio.hpp"
#include "virtio_polled.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace virtio_rng {

namespace io = ioview;

template <virtio::Transport Transport, io::DmaDevice Dma, class Clock>
class Entropy {
public:
    static constexpr unsigned queue_size = 2;
    using Queue = virtio::PolledQueue<Transport, Dma, Clock, queue_size>;

    // Errors as virtio::negotiate(), set_up_queue() and start() have them, and no_memory. All of it
    // must outlive this.
    [[nodiscard]] static io::Result<Entropy>
    start(const Transport& transport, Dma& dma, Clock& clock) {
        auto memory = Queue::Memory::zeroed(dma);
        if (!memory)
            return io::fail(memory.error());
        auto queue = Queue::start(transport, std::move(*memory), clock, virtio::DeviceId::entropy);
        if (!queue)
            return io::fail(queue.error());
        if (auto begun = queue->begin(); !begun)
            return io::fail(begun.error());
        return Entropy{std::move(*queue)};
    }

    // After a success the device touches no memory any more, and fill() is no_device. Errors as
    // virtio::reset(): then the memory of a request that did not end must stay allocated.
    [[nodiscard]] io::Result<> stop() { return queue_.stop(); }

    // Random bytes from the first byte of the memory (a Coherent or a part of one) on; how many, as
    // the device may have fewer than are wanted. Without an access: invalid_argument for none,
    // overflow for 4 GiB or more. io_error when it says that it has written nothing. Otherwise the
    // request has not ended, as with a disk (virtio_blk.hpp).
    template <class Memory>
    [[nodiscard]] io::Result<std::size_t> fill(const Memory& memory) {
        const std::uint64_t bytes = memory.size_bytes();
        if (bytes == 0)
            return io::fail(io::Error::invalid_argument);
        if (bytes > 0xffff'ffff)
            return io::fail(io::Error::overflow);
        if (auto idle = queue_.check_idle(); !idle)
            return io::fail(idle.error());
        const auto most = static_cast<std::uint32_t>(bytes);
        queue_.describe(0, memory.dma_address(), most, virtio::device_writes);
        const auto written = queue_.offer(most);
        if (!written)
            return io::fail(written.error());
        if (*written == 0)
            return io::fail(io::Error::io_error);
        return std::size_t{*written};
    }

private:
    explicit Entropy(Queue queue) noexcept : queue_(std::move(queue)) {}

    Queue queue_;
};

template <virtio::Transport Transport, io::DmaDevice Dma, class Clock>
[[nodiscard]] auto start(const Transport& transport, Dma& dma, Clock& clock) {
    return Entropy<Transport, Dma, Clock>::start(transport, dma, clock);
}

} // namespace virtio_rng
