// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The memory-mapped transport of virtio 1.2 (OASIS, chapter 4.2).
//
//   const virtio::OverMmio transport{io::Mmio<virtio::Mmio>::…};
//   auto disk = virtio_blk::start(transport, dma, clock);

#include <ioview/dma/handover.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/register.hpp>

#include "virtio.hpp"

#include <cstdint>

namespace virtio {

// 4.2.2; what is specific to a device begins at 0x100.
struct Mmio : io::Region<0x200> {};

struct Magic : io::Register<Magic, std::uint32_t, io::fixed<0x000, Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, value)); // "virt"
};
struct Version : io::Register<Version, std::uint32_t, io::fixed<0x004, Mmio>, io::ro> {
    IO_FIELDS(bits(31, 0, value)); // 2; 1 is the legacy layout
};
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

// A transport of virtio.hpp.
template <io::IoOf<Mmio> View>
class OverMmio {
public:
    using Status = virtio::Status;
    using DeviceFeaturesSel = virtio::DeviceFeaturesSel;
    using DeviceFeatures = virtio::DeviceFeatures;
    using DriverFeaturesSel = virtio::DriverFeaturesSel;
    using DriverFeatures = virtio::DriverFeatures;
    using QueueSel = virtio::QueueSel;
    using QueueReady = virtio::QueueReady;
    using QueueNumMax = virtio::QueueNumMax;
    using QueueNum = virtio::QueueNum;
    using QueueDesc = virtio::QueueDesc;
    using QueueDriver = virtio::QueueDriver;
    using QueueDevice = virtio::QueueDevice;
    using ConfigGeneration = virtio::ConfigGeneration;

    class Doorbell {
    public:
        constexpr Doorbell(const View& view, std::uint16_t queue) noexcept
            : view_(view), queue_(queue) {}
        constexpr void ring() const {
            io::publish(view_.template view_of<QueueNotify>(), QueueNotify{}.with_index(queue_));
        }

    private:
        View view_;
        std::uint16_t queue_;
    };

    constexpr explicit OverMmio(View view) noexcept : view_(view) {}

    [[nodiscard]] constexpr const View& registers() const noexcept { return view_; }

    // no_device when nothing, or another device, answers; unsupported for the legacy layout.
    [[nodiscard]] constexpr io::Result<> identify(DeviceId device) const {
        if (view_.template read<Magic>().value() != magic)
            return io::fail(io::Error::no_device);
        const auto version = look_at<Version>(view_);
        if (!version)
            return io::fail(version.error());
        if (version->value() != 2)
            return io::fail(io::Error::unsupported);
        if (view_.template read<Device>().id() != static_cast<std::uint32_t>(device))
            return io::fail(io::Error::no_device);
        return {};
    }
    [[nodiscard]] static constexpr bool has_interrupt() noexcept { return false; }
    [[nodiscard]] constexpr io::Result<Doorbell> doorbell(std::uint16_t queue) const {
        return Doorbell{view_, queue};
    }
    template <io::RegionTarget Config>
    [[nodiscard]] constexpr auto config() const {
        return view_.template try_subview<Config>(0x100);
    }

private:
    View view_;
};

} // namespace virtio
