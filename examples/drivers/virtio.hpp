// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What virtio 1.2 (OASIS, chapters 2 and 3) has of every device, whatever is between: how it is
// reset, agreed with, given its queues, and started. The transports are OverMmio (virtio_mmio.hpp)
// and OverPci (virtio_pci.hpp).
//
//   auto features = virtio::negotiate(transport, virtio::DeviceId::block, wanted, clock);
//   auto doorbell = virtio::set_up_queue(transport, 0, *queue);
//   auto working = virtio::start(transport);
//   …
//   if (!virtio::reset(transport, clock)) std::move(*queue).leak();   // it may still write it

#include <ioview/backend/coherent.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>

#include "virtio_queue.hpp"

#include <concepts>
#include <cstdint>

namespace virtio {

enum class DeviceId : std::uint16_t { none = 0, network = 1, block = 2, entropy = 4 };

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

// Registers of the same names and fields, at places and in widths of its own, in one view; and what
// differs in more than that. All of it is a small copy of views.
template <class T>
concept Transport = requires(const T& transport) {
    typename T::Status;
    typename T::DeviceFeaturesSel;
    typename T::DeviceFeatures;
    typename T::DriverFeaturesSel;
    typename T::DriverFeatures;
    typename T::QueueSel;
    typename T::QueueReady;
    typename T::QueueNumMax;
    typename T::QueueNum;
    typename T::QueueDesc;
    typename T::QueueDriver;
    typename T::QueueDevice;
    typename T::ConfigGeneration;
    typename T::Doorbell;
    transport.registers();
    // Whether such a device answers, as far as can be told before its reset.
    { transport.identify(DeviceId::block) } -> std::same_as<io::Result<>>;
    // Whether the device is to tell of each answer by an interrupt, too.
    { transport.has_interrupt() } -> std::same_as<bool>;
    // Of the queue that is selected: what tells the device of it, by ring().
    transport.doorbell(std::uint16_t{0})->ring();
    // transport.template config<Region>(): what is specific to the device, as a Result of a view
};

// A register that never holds all ones; no_device when it reads as them.
template <class R, io::IoBase View>
constexpr io::Result<R> look_at(const View& view) {
    return io::check_present(view.template read<R>());
}

// 2.1: what keeps the device from answering: no_device when it has gone, io_error when it says that
// it must be reset.
template <Transport T>
constexpr io::Result<> check_works(const T& transport) {
    const auto status = look_at<typename T::Status>(transport.registers());
    if (!status)
        return io::fail(status.error());
    if (!status->driver_ok() || status->needs_reset())
        return io::fail(io::Error::io_error);
    return {};
}

// 2.4.2: the device is reset, and touches no memory any more, when its status reads as zero. After
// timed_out or no_device it may still write what it was given: leak that. The read is also what the
// write arrives before.
template <Transport T, class Clock>
constexpr io::Result<> reset(const T& transport, Clock& clock) {
    using Status = typename T::Status;
    transport.registers().write(Status{});
    const auto done = io::wait_until<Status>(
        transport.registers(),
        [](const Status& now) { return now.raw() == 0; },
        io::Timing{look_every, give_up_after},
        clock);
    if (!done)
        return io::fail(done.error());
    return {};
}

// 3.1.1: from reset to an agreement on features; returns those agreed on, which are wanted ones and
// those of the platform, as far as they are offered. no_device when nothing, or another device,
// answers, or no longer; unsupported for the legacy layout and for a device that refuses the
// agreement; timed_out when it does not end its reset.
template <Transport T, class Clock>
constexpr io::Result<std::uint64_t>
negotiate(const T& transport, DeviceId device, std::uint64_t wanted, Clock& clock) {
    using Status = typename T::Status;
    if (auto there = transport.identify(device); !there)
        return io::fail(there.error());
    if (auto done = reset(transport, clock); !done)
        return io::fail(done.error());
    const auto& registers = transport.registers();
    const auto found = Status{}.with_acknowledge(true);
    registers.write(found);
    registers.write(found.with_driver(true));

    std::uint64_t offered = 0;
    for (std::uint32_t word = 0; word < 2; ++word) {
        registers.write(typename T::DeviceFeaturesSel{}.with_word(word));
        offered |=
            std::uint64_t{registers.template read<typename T::DeviceFeatures>().bits_of_word()}
            << (32 * word);
    }
    if ((offered & feature_version_1) == 0)
        return io::fail(io::Error::unsupported);
    const std::uint64_t agreed = offered & (wanted | features_of_the_platform);
    for (std::uint32_t word = 0; word < 2; ++word) {
        registers.write(typename T::DriverFeaturesSel{}.with_word(word));
        registers.write(typename T::DriverFeatures{}.with_bits_of_word(
            static_cast<std::uint32_t>(agreed >> (32 * word))));
    }
    registers.write(found.with_driver(true).with_features_ok(true));
    const auto status = look_at<Status>(registers);
    if (!status)
        return io::fail(status.error());
    if (!status->features_ok())
        return io::fail(io::Error::unsupported);
    return agreed;
}

// 4.1.5.1.3 and 4.2.3.2: the queue's memory, which is zero, made known, and published by it; what
// tells the device of it. busy when the queue is in use, no_device when there is none, unsupported
// when the device's is too small, and what the transport says of its doorbell. From here on the
// memory is the device's until reset() is a success.
template <Transport T, class Memory>
constexpr auto set_up_queue(const T& transport, std::uint16_t index, const Memory& queue)
    -> decltype(transport.doorbell(index)) {
    const auto& registers = transport.registers();
    registers.write(typename T::QueueSel{}.with_index(index));
    const auto in_use = look_at<typename T::QueueReady>(registers);
    if (!in_use)
        return io::fail(in_use.error());
    if (in_use->ready())
        return io::fail(io::Error::busy);
    const auto most = look_at<typename T::QueueNumMax>(registers);
    const auto entries = static_cast<std::uint16_t>(IO_PROJECT(queue, descriptors).size());
    if (!most || most->entries() == 0)
        return io::fail(io::Error::no_device);
    if (most->entries() < entries)
        return io::fail(io::Error::unsupported);
    registers.write(typename T::QueueNum{}.with_entries(entries));
    auto doorbell = transport.doorbell(index);
    if (!doorbell)
        return doorbell;

    using Desc = typename T::QueueDesc;
    using Driver = typename T::QueueDriver;
    using Device = typename T::QueueDevice;
    const std::uint64_t descriptors = IO_PROJECT(queue, descriptors).dma_address();
    const std::uint64_t available = IO_PROJECT(queue, available).dma_address();
    const std::uint64_t used = IO_PROJECT(queue, used).dma_address();
    registers.write(Desc::at(0), Desc{}.with_half(low(descriptors)));
    registers.write(Desc::at(1), Desc{}.with_half(high(descriptors)));
    registers.write(Driver::at(0), Driver{}.with_half(low(available)));
    registers.write(Driver::at(1), Driver{}.with_half(high(available)));
    registers.write(Device::at(0), Device{}.with_half(low(used)));
    registers.write(Device::at(1), Device{}.with_half(high(used)));
    using Ready = typename T::QueueReady;
    io::publish(registers.template view_of<Ready>(), Ready{}.with_ready(true));
    return doorbell;
}

// The agreement stands and the queues are set up: the device may work, and says that it does.
// Errors as check_works().
template <Transport T>
constexpr io::Result<> start(const T& transport) {
    using Status = typename T::Status;
    transport.registers().write(
        Status{}.with_acknowledge(true).with_driver(true).with_features_ok(true).with_driver_ok(
            true));
    return check_works(transport);
}

} // namespace virtio
