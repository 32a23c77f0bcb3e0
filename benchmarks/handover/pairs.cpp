// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Each hand-over twice: `viewed` with ioview, `twin` with a barrier and a volatile access by hand.
// instructions.sh compiles this file and compares them.
#include <ioview/ioview.hpp>

#include "../../tests/codegen/raw.hpp"

#include <cstdint>

namespace io = ioview;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

struct Entry {
    u64 address;
    u32 length, flags;
};
struct Queue {
    u32 write_ptr, read_ptr;
    Entry entries[63];
};
// As a driver by hand would pass the two addresses: like a view, a structure of two words.
struct Shared {
    volatile Queue* cpu;
    u64 dma;
};

namespace publish {
void viewed(io::SysMem<u32> index, u32 value) {
    io::publish(index, value);
}
void twin(volatile u32* index, u32 value) {
    raw::dma_wmb();
    *index = value;
}
} // namespace publish

namespace observe {
u32 viewed(io::SysMem<u32> index) {
    return io::observe(index);
}
u32 twin(volatile u32* index) {
    const u32 value = *index;
    raw::dma_rmb();
    return value;
}
} // namespace observe

namespace release_to_device {
void viewed(io::SysMem<u32> index, u32 value) {
    io::release_to_device(index, value);
}
void twin(volatile u32* index, u32 value) {
    raw::dma_mb();
    *index = value;
}
} // namespace release_to_device

namespace publish_and_observe {
bool viewed(io::SysMem<u32> index, u32 value, io::SysMem<u32> event) {
    return io::publish_and_observe(index, value, event) == value;
}
bool twin(volatile u32* index, u32 value, const volatile u32* event) {
    raw::dma_wmb();
    *index = value;
    raw::dma_mb();
    const u32 seen = *event;
    raw::dma_rmb();
    return seen == value;
}
} // namespace publish_and_observe

namespace ring_doorbell {
void viewed(io::Mmio<u32> doorbell, u32 value) {
    io::publish(doorbell, value);
}
void twin(volatile u32* doorbell, u32 value) {
    raw::before_write();
    *doorbell = value;
}
} // namespace ring_doorbell

namespace release_by_a_register {
void viewed(io::Mmio<u32> head, u32 value) {
    io::release_to_device(head, value);
}
void twin(volatile u32* head, u32 value) {
    raw::dma_mb();
    *head = value;
}
} // namespace release_by_a_register

namespace ring_relaxed_doorbell {
void viewed(io::RelaxedMmio<u32> doorbell, u32 value) {
    io::publish(doorbell, value);
}
void twin(volatile u32* doorbell, u32 value) {
    raw::dma_wmb();
    *doorbell = value;
}
} // namespace ring_relaxed_doorbell

namespace acknowledge {
void viewed(io::RelaxedMmio<u32> device, u32 value) {
    device.write(value);
    io::flush(device);
}
void twin(volatile u32* device, u32 value) {
    *device = value;
    [[maybe_unused]] const u32 dropped = *device;
    raw::arrived();
}
} // namespace acknowledge

namespace publish_coherent_member {
void viewed(io::CoherentView<Queue> queue, u32 value) {
    io::publish(IO_PROJECT(queue, write_ptr), value);
}
void twin(Shared queue, u32 value) {
    raw::dma_wmb();
    queue.cpu->write_ptr = value;
}
} // namespace publish_coherent_member

namespace publish_constant {
void viewed(io::CoherentView<Queue> queue) {
    io::publish(IO_PROJECT(queue, read_ptr), 0u);
}
void twin(Shared queue) {
    raw::dma_wmb();
    queue.cpu->read_ptr = 0;
}
} // namespace publish_constant

namespace publish_big_endian {
void viewed(io::SysMem<io::be<u32>> index, u32 value) {
    io::publish(index, value);
}
void twin(volatile u32* index, u32 value) {
    raw::dma_wmb();
    *index = __builtin_bswap32(value);
}
} // namespace publish_big_endian

namespace send {
void viewed(io::CoherentView<Queue> queue, io::Mmio<u32> doorbell) {
    IO_WRITE(queue, entries, static_at(2), address, 0x1000u);
    IO_WRITE(queue, entries, static_at(2), length, 64u);
    io::publish(IO_PROJECT(queue, write_ptr), 3u);
    io::publish(doorbell, 0);
}
void twin(Shared queue, volatile u32* doorbell) {
    queue.cpu->entries[2].address = 0x1000;
    queue.cpu->entries[2].length = 64;
    raw::dma_wmb();
    queue.cpu->write_ptr = 3;
    raw::before_write();
    *doorbell = 0;
}
} // namespace send

namespace receive {
u32 viewed(io::CoherentView<Queue> queue, u32 mine) {
    if (io::observe(IO_PROJECT(queue, write_ptr)) == mine)
        return 0;
    const u32 length = IO_READ(queue, entries, static_at(5), length);
    io::release_to_device(IO_PROJECT(queue, read_ptr), mine);
    return length;
}
u32 twin(Shared queue, u32 mine) {
    const u32 theirs = queue.cpu->write_ptr;
    raw::dma_rmb();
    if (theirs == mine)
        return 0;
    const u32 length = queue.cpu->entries[5].length;
    raw::dma_mb();
    queue.cpu->read_ptr = mine;
    return length;
}
} // namespace receive
