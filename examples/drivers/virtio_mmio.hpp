// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The memory-mapped transport of virtio 1.2 (OASIS, chapter 4.2) and its split virtqueues
// (chapter 2.7): what is the same for every device behind it.
//
//   auto features = virtio::negotiate(view, virtio::DeviceId::block, wanted, clock);
//   auto ready = virtio::set_up_queue(view, 0, *queue);
//   auto working = virtio::start(view);
//   …
//   if (!virtio::reset(view, clock)) std::move(*queue).leak();   // it may still write it

#include <ioview/backend/coherent.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/endian.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>

#include <cstdint>

namespace virtio {

namespace io = ioview;

// 4.2.2; what is specific to a device begins at 0x100.
struct Mmio : io::Region<0x200> {};

struct Magic : io::Register<Magic, std::uint32_t, io::fixed<0x000, Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, value)); // "virt"
};
struct Version : io::Register<Version, std::uint32_t, io::fixed<0x004, Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, value)); // 2; 1 is the legacy layout
};
enum class DeviceId : std::uint32_t { none = 0, network = 1, block = 2, entropy = 4 };
struct Device : io::Register<Device, std::uint32_t, io::fixed<0x008, Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, id));
};
struct DeviceFeatures
    : io::Register<DeviceFeatures, std::uint32_t, io::fixed<0x010, Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, bits_of_word));
};
struct DeviceFeaturesSel
    : io::Register<DeviceFeaturesSel, std::uint32_t, io::fixed<0x014, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, word));
};
struct DriverFeatures
    : io::Register<DriverFeatures, std::uint32_t, io::fixed<0x020, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, bits_of_word));
};
struct DriverFeaturesSel
    : io::Register<DriverFeaturesSel, std::uint32_t, io::fixed<0x024, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, word));
};
struct QueueSel : io::Register<QueueSel, std::uint32_t, io::fixed<0x030, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, index));
};
struct QueueNumMax : io::Register<QueueNumMax, std::uint32_t, io::fixed<0x034, Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, entries)); // 0: no such queue
};
struct QueueNum : io::Register<QueueNum, std::uint32_t, io::fixed<0x038, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, entries));
};
struct QueueReady : io::Register<QueueReady, std::uint32_t, io::fixed<0x044, Mmio>> {
    IO_FIELDS(bit(0, ready));
};
struct QueueNotify : io::Register<QueueNotify, std::uint32_t, io::fixed<0x050, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, index));
};
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x070, Mmio>> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bit(7, failed),
              bit(6, needs_reset),
              bit(3, features_ok),
              bit(2, driver_ok),
              bit(1, driver),
              bit(0, acknowledge));
};
// Addresses in two halves: descriptors, what the driver offers, what the device has used.
struct QueueDesc : io::Register<QueueDesc, std::uint32_t, io::array<0x080, 2, 4, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, half));
};
struct QueueDriver
    : io::Register<QueueDriver, std::uint32_t, io::array<0x090, 2, 4, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, half));
};
struct QueueDevice
    : io::Register<QueueDevice, std::uint32_t, io::array<0x0a0, 2, 4, Mmio>, io::wo> {
    IO_FIELDS(bits(31, 0, half));
};
// Changes when the device changes what is in its configuration.
struct ConfigGeneration
    : io::Register<ConfigGeneration, std::uint32_t, io::fixed<0x0fc, Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, value));
};

inline constexpr std::uint32_t magic = 0x7472'6976;
inline constexpr std::uint64_t feature_version_1 = std::uint64_t{1} << 32;
// 6.1: it is given DMA addresses, and barriers that reach hardware. Both is so here in any case, so
// they are taken when they are offered: the device may insist.
inline constexpr std::uint64_t feature_access_platform = std::uint64_t{1} << 33;
inline constexpr std::uint64_t feature_order_platform = std::uint64_t{1} << 36;
inline constexpr std::uint64_t features_of_the_platform =
    feature_version_1 | feature_access_platform | feature_order_platform;
// Each side says by an index when it wants to be told: 2.7.7 and 2.7.10.
inline constexpr std::uint64_t feature_event_index = std::uint64_t{1} << 29;

// Microseconds.
inline constexpr std::uint64_t look_every = 10;
inline constexpr std::uint64_t give_up_after = 5'000'000;

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

// A register that never holds all ones; no_device when it reads as them.
template <class R, io::IoOf<Mmio> View>
constexpr io::Result<R> look_at(const View& view) {
    return io::check_present(view.template read<R>());
}

// 2.1: what keeps the device from answering: no_device when it has gone, io_error when it says that
// it must be reset.
template <io::IoOf<Mmio> View>
constexpr io::Result<> check_works(const View& view) {
    const auto status = look_at<Status>(view);
    if (!status)
        return io::fail(status.error());
    if (!status->driver_ok() || status->needs_reset())
        return io::fail(io::Error::io_error);
    return {};
}

// 2.4.2: the device is reset, and touches no memory any more, when its status reads as zero. After
// timed_out or no_device it may still write what it was given: leak that. The read is also what the
// write arrives before.
template <io::IoOf<Mmio> View, class Clock>
constexpr io::Result<> reset(const View& view, Clock& clock) {
    view.write(Status{});
    const auto done = io::wait_until<Status>(
        view,
        [](const Status& now) { return now.raw() == 0; },
        io::Timing{look_every, give_up_after},
        clock);
    if (!done)
        return io::fail(done.error());
    return {};
}

// 3.1.1: from reset to an agreement on features; returns those agreed on, which are wanted ones and
// those of the platform, as far as they are offered. no_device when nothing, or another device,
// answers, or no longer; unsupported
// for the legacy layout and for a device that refuses the agreement; timed_out when it does not end
// its reset.
template <io::IoOf<Mmio> View, class Clock>
constexpr io::Result<std::uint64_t>
negotiate(const View& view, DeviceId device, std::uint64_t wanted, Clock& clock) {
    if (view.template read<Magic>().value() != magic)
        return io::fail(io::Error::no_device);
    const auto version = look_at<Version>(view);
    if (!version)
        return io::fail(version.error());
    if (version->value() != 2)
        return io::fail(io::Error::unsupported);
    if (view.template read<Device>().id() != static_cast<std::uint32_t>(device))
        return io::fail(io::Error::no_device);

    if (auto done = reset(view, clock); !done)
        return io::fail(done.error());
    const auto found = Status{}.with_acknowledge(true);
    view.write(found);
    view.write(found.with_driver(true));

    std::uint64_t offered = 0;
    for (std::uint32_t word = 0; word < 2; ++word) {
        view.write(DeviceFeaturesSel{}.with_word(word));
        offered |= std::uint64_t{view.template read<DeviceFeatures>().bits_of_word()}
                   << (32 * word);
    }
    if ((offered & feature_version_1) == 0)
        return io::fail(io::Error::unsupported);
    const std::uint64_t agreed = offered & (wanted | features_of_the_platform);
    for (std::uint32_t word = 0; word < 2; ++word) {
        view.write(DriverFeaturesSel{}.with_word(word));
        view.write(
            DriverFeatures{}.with_bits_of_word(static_cast<std::uint32_t>(agreed >> (32 * word))));
    }
    view.write(found.with_driver(true).with_features_ok(true));
    const auto status = look_at<Status>(view);
    if (!status)
        return io::fail(status.error());
    if (!status->features_ok())
        return io::fail(io::Error::unsupported);
    return agreed;
}

// 4.2.3.2: the queue's memory, which is zero, made known, and published by it. busy when the queue
// is in use, no_device when there is none, unsupported when the device's is too small. From here on
// the memory is the device's until reset() is a success.
template <io::IoOf<Mmio> View, class Memory>
constexpr io::Result<> set_up_queue(const View& view, std::uint32_t index, const Memory& queue) {
    view.write(QueueSel{}.with_index(index));
    const auto in_use = look_at<QueueReady>(view);
    if (!in_use)
        return io::fail(in_use.error());
    if (in_use->ready())
        return io::fail(io::Error::busy);
    const auto most = look_at<QueueNumMax>(view);
    const auto entries = static_cast<std::uint32_t>(IO_PROJECT(queue, descriptors).size());
    if (!most || most->entries() == 0)
        return io::fail(io::Error::no_device);
    if (most->entries() < entries)
        return io::fail(io::Error::unsupported);
    view.write(QueueNum{}.with_entries(entries));

    const std::uint64_t descriptors = IO_PROJECT(queue, descriptors).dma_address();
    const std::uint64_t available = IO_PROJECT(queue, available).dma_address();
    const std::uint64_t used = IO_PROJECT(queue, used).dma_address();
    view.write(QueueDesc::at(0), QueueDesc{}.with_half(low(descriptors)));
    view.write(QueueDesc::at(1), QueueDesc{}.with_half(high(descriptors)));
    view.write(QueueDriver::at(0), QueueDriver{}.with_half(low(available)));
    view.write(QueueDriver::at(1), QueueDriver{}.with_half(high(available)));
    view.write(QueueDevice::at(0), QueueDevice{}.with_half(low(used)));
    view.write(QueueDevice::at(1), QueueDevice{}.with_half(high(used)));
    io::publish(view.template view_of<QueueReady>(), QueueReady{}.with_ready(true));
    return {};
}

// The agreement stands and the queues are set up: the device may work, and says that it does.
// Errors as check_works().
template <io::IoOf<Mmio> View>
constexpr io::Result<> start(const View& view) {
    view.write(
        Status{}.with_acknowledge(true).with_driver(true).with_features_ok(true).with_driver_ok(
            true));
    return check_works(view);
}

} // namespace virtio
