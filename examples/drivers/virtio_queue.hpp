// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The split virtqueues of virtio 1.2 (OASIS, chapter 2.7): their memory, which is shared with the
// device, and how what is in them becomes available.
//
//   auto queue = io::Coherent<virtio::Queue<4>, MyDma>::zeroed(dma);
//   if (virtio::make_available(*queue, before, next, has_event_index))
//       doorbell.ring();

#include <ioview/dma/handover.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>

#include <cstdint>

namespace virtio {

namespace io = ioview;

// 2.7: a queue of Size entries. All of it is little-endian; numbers of 64 bits are in two halves,
// for CPUs of 32.
struct Descriptor {
    io::le<std::uint32_t> address_low;
    io::le<std::uint32_t> address_high;
    io::le<std::uint32_t> length;
    io::le<std::uint16_t> flags;
    io::le<std::uint16_t> next;
};
inline constexpr std::uint16_t has_next = 1;
inline constexpr std::uint16_t device_writes = 2;

template <unsigned Size>
struct Available {
    io::le<std::uint16_t> flags;
    io::le<std::uint16_t> index;
    io::le<std::uint16_t> ring[Size];
    io::le<std::uint16_t> used_event; // an interrupt wanted when used.index passes it
};
inline constexpr std::uint16_t no_interrupt = 1; // of flags, without event indices

struct UsedEntry {
    io::le<std::uint32_t> id;
    io::le<std::uint32_t> length;
};
template <unsigned Size>
struct Used {
    io::le<std::uint16_t> flags;
    io::le<std::uint16_t> index;
    UsedEntry ring[Size];
    io::le<std::uint16_t> available_event; // a notification wanted when available.index passes it
};
inline constexpr std::uint16_t no_notification = 1; // of flags, without event indices
template <unsigned Size>
struct alignas(16) Queue {
    static_assert(Size != 0 && (Size & (Size - 1)) == 0, "the size of a queue is a power of two");
    Descriptor descriptors[Size];
    Available<Size> available;
    alignas(4) Used<Size> used;
};

constexpr std::uint32_t low(std::uint64_t number) {
    return static_cast<std::uint32_t>(number);
}
constexpr std::uint32_t high(std::uint64_t number) {
    return static_cast<std::uint32_t>(number >> 32);
}

// 2.7.10: whether an index that goes on from before to next passes event.
constexpr bool passes(std::uint16_t event, std::uint16_t before, std::uint16_t next) {
    return static_cast<std::uint16_t>(next - event - 1) < static_cast<std::uint16_t>(next - before);
}

// 2.7.13.3 and 2.7.13.4: what is in the ring up to next becomes available. Whether the device must
// be notified: one that is looking anyway says so, by the index of the event or by its flag.
template <class Memory>
[[nodiscard]] constexpr bool make_available(const Memory& queue,
                                            std::uint16_t before,
                                            std::uint16_t next,
                                            bool has_event_index) {
    const auto event =
        has_event_index ? IO_PROJECT(queue, used.available_event) : IO_PROJECT(queue, used.flags);
    const std::uint16_t seen =
        io::publish_and_observe(IO_PROJECT(queue, available.index), next, event);
    return has_event_index ? passes(seen, before, next) : (seen & no_notification) == 0;
}

} // namespace virtio
