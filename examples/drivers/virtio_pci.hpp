// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The PCI transport of virtio 1.2 (OASIS, chapter 4.1): where its structures are, by the
// capabilities of the function, and the transport on them. The function decodes memory and masters
// the bus before anything is negotiated.
//
//   const auto found = virtio::find_structures(cfg);
//   const auto bar_of = [&](unsigned number) { return bars.at(number); };   // Result of a view
//   const auto transport = virtio::over_pci(*found, bar_of);
//   auto random = virtio_rng::start(*transport, dma, clock);

#include <ioview/backend/config_space.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/pci/capabilities.hpp>
#include <ioview/pci/registers.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>

#include "virtio.hpp"

#include <cstdint>

namespace virtio {

// ---- configuration space ----

inline constexpr std::uint16_t pci_vendor = 0x1af4;
// 4.1.2: of those that know nothing but this chapter.
constexpr std::uint16_t pci_device(DeviceId device) {
    return static_cast<std::uint16_t>(0x1040 + static_cast<unsigned>(device));
}

// 4.1.4
struct StructureCapability {
    static constexpr std::uint8_t id = 0x09; // of a vendor
    io::pci::CapabilityHeader header;
    std::uint8_t length;
    std::uint8_t type;
    std::uint8_t bar;
    std::uint8_t number;
    std::uint16_t reserved;
    std::uint32_t offset; // +8, into the BAR
    std::uint32_t bytes;
};
struct NotifyCapability {
    StructureCapability place;
    std::uint32_t multiplier; // +0x10
};

struct Structure {
    std::uint8_t bar = 0;
    std::uint32_t offset = 0;
    std::uint32_t bytes = 0; // 0: it has none
};
struct Structures {
    std::uint16_t device = 0; // a DeviceId
    Structure common;
    Structure notify;
    Structure isr;
    Structure device_config;
    std::uint32_t notify_multiplier = 0;
};

// Of each structure the first that is in a BAR. no_device when it is nothing of virtio, unsupported
// when it is a legacy one alone, and what the list of capabilities ends with.
template <io::pci::ConfigView View>
constexpr io::Result<Structures> find_structures(const View& cfg) {
    const auto ids = cfg.template try_read<std::uint32_t>(0x00);
    if (!ids)
        return io::fail(ids.error());
    const auto device = static_cast<std::uint16_t>(*ids >> 16);
    if ((*ids & 0xffff) != pci_vendor || device < 0x1000 || device > 0x107f)
        return io::fail(io::Error::no_device);
    Structures found;
    found.device = static_cast<std::uint16_t>(device - 0x1040);
    if (device < 0x1040) { // 4.1.2.3: one that knows the legacy layout, too
        const auto subsystem = cfg.template try_read<std::uint16_t>(0x2e);
        if (!subsystem)
            return io::fail(subsystem.error());
        found.device = *subsystem;
    }
    for (const auto& capability : io::pci::capabilities(cfg)) {
        if (!capability)
            return io::fail(capability.error());
        if (capability->id != StructureCapability::id)
            continue;
        const auto at = cfg.template try_subview<StructureCapability>(capability->offset);
        if (!at)
            return io::fail(at.error());
        const unsigned type = IO_READ(*at, type);
        Structure* const places[] = {
            nullptr, &found.common, &found.notify, &found.isr, &found.device_config};
        Structure* const place = type < 5 ? places[type] : nullptr;
        const std::uint8_t bar = IO_READ(*at, bar);
        if (place == nullptr || place->bytes != 0 || bar > 5)
            continue;
        *place = {bar, IO_READ(*at, offset), IO_READ(*at, bytes)};
        if (type == 2) {
            const auto notify = cfg.template try_subview<NotifyCapability>(capability->offset);
            if (!notify)
                return io::fail(notify.error());
            found.notify_multiplier = IO_READ(*notify, multiplier);
        }
    }
    if (found.common.bytes == 0 || found.notify.bytes == 0 || found.isr.bytes == 0)
        return io::fail(io::Error::unsupported);
    return found;
}

// ---- the structures ----

namespace pci {

// 4.1.4.3; a queue's are those of the one that is selected.
struct Common : io::Region<0x38> {};

struct DeviceFeaturesSel : io::Register<DeviceFeaturesSel, std::uint32_t, io::fixed<0x00, Common>> {
    IO_FIELDS(bits(31, 0, word));
};
struct DeviceFeatures
    : io::Register<DeviceFeatures, std::uint32_t, io::fixed<0x04, Common>, io::ro> {
    IO_FIELDS(bits(31, 0, bits_of_word));
};
struct DriverFeaturesSel : io::Register<DriverFeaturesSel, std::uint32_t, io::fixed<0x08, Common>> {
    IO_FIELDS(bits(31, 0, word));
};
struct DriverFeatures : io::Register<DriverFeatures, std::uint32_t, io::fixed<0x0c, Common>> {
    IO_FIELDS(bits(31, 0, bits_of_word));
};
inline constexpr std::uint16_t no_vector = 0xffff;
struct ConfigVector : io::Register<ConfigVector, std::uint16_t, io::fixed<0x10, Common>> {
    IO_FIELDS(bits(15, 0, vector)); // of MSI-X
};
struct QueueCount : io::Register<QueueCount, std::uint16_t, io::fixed<0x12, Common>, io::ro> {
    IO_FIELDS(bits(15, 0, queues));
};
struct Status : io::Register<Status, std::uint8_t, io::fixed<0x14, Common>> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bit(7, failed),
              bit(6, needs_reset),
              bit(3, features_ok),
              bit(2, driver_ok),
              bit(1, driver),
              bit(0, acknowledge));
};
struct ConfigGeneration
    : io::Register<ConfigGeneration, std::uint8_t, io::fixed<0x15, Common>, io::ro> {
    IO_FIELDS(bits(7, 0, value));
};
struct QueueSel : io::Register<QueueSel, std::uint16_t, io::fixed<0x16, Common>> {
    IO_FIELDS(bits(15, 0, index));
};
// The most that the device takes, until a smaller number is written. 0: no such queue.
struct QueueSize : io::Register<QueueSize, std::uint16_t, io::fixed<0x18, Common>> {
    IO_FIELDS(bits(15, 0, entries));
};
struct QueueVector : io::Register<QueueVector, std::uint16_t, io::fixed<0x1a, Common>> {
    IO_FIELDS(bits(15, 0, vector)); // of MSI-X
};
struct QueueReady : io::Register<QueueReady, std::uint16_t, io::fixed<0x1c, Common>> {
    IO_FIELDS(bit(0, ready));
};
struct QueueNotifyOff
    : io::Register<QueueNotifyOff, std::uint16_t, io::fixed<0x1e, Common>, io::ro> {
    IO_FIELDS(bits(15, 0, steps)); // of notify_multiplier bytes, into the structure for that
};
// In two halves: 4.1.3.1 has numbers of 64 bits so.
struct QueueDesc : io::Register<QueueDesc, std::uint32_t, io::array<0x20, 2, 4, Common>> {
    IO_FIELDS(bits(31, 0, half));
};
struct QueueDriver : io::Register<QueueDriver, std::uint32_t, io::array<0x28, 2, 4, Common>> {
    IO_FIELDS(bits(31, 0, half));
};
struct QueueDevice : io::Register<QueueDevice, std::uint32_t, io::array<0x30, 2, 4, Common>> {
    IO_FIELDS(bits(31, 0, half));
};

// 4.1.4.5: why there was an interrupt, of one without MSI-X; a look takes it away.
struct Isr : io::Region<1, 1> {};
struct IsrStatus : io::Register<IsrStatus, std::uint8_t, io::fixed<0, Isr>> {
    IO_FIELDS(bit(1, config, io::rc), bit(0, queue, io::rc));
};

} // namespace pci

// A transport of virtio.hpp, on views like those of its BARs.
template <io::IoOf<io::Region<>> Bar>
class OverPci {
    template <class T>
    using View = typename Bar::Backend::template View<T>;

public:
    using Status = pci::Status;
    using DeviceFeaturesSel = pci::DeviceFeaturesSel;
    using DeviceFeatures = pci::DeviceFeatures;
    using DriverFeaturesSel = pci::DriverFeaturesSel;
    using DriverFeatures = pci::DriverFeatures;
    using QueueSel = pci::QueueSel;
    using QueueReady = pci::QueueReady;
    using QueueNumMax = pci::QueueSize;
    using QueueNum = pci::QueueSize;
    using QueueDesc = pci::QueueDesc;
    using QueueDriver = pci::QueueDriver;
    using QueueDevice = pci::QueueDevice;
    using ConfigGeneration = pci::ConfigGeneration;

    class Doorbell {
    public:
        constexpr Doorbell(View<std::uint16_t> place, std::uint16_t queue) noexcept
            : place_(place), queue_(queue) {}
        constexpr void ring() const { io::publish(place_, queue_); }

    private:
        View<std::uint16_t> place_;
        std::uint16_t queue_;
    };

    // bar_of(number) -> Result of a view of all of that BAR. Its errors; out_of_bounds and
    // misaligned when a structure is not in its BAR.
    template <class BarOf>
    [[nodiscard]] static constexpr io::Result<OverPci> of(const Structures& at, BarOf&& bar_of) {
        const auto common = place<pci::Common>(at.common, bar_of);
        if (!common)
            return io::fail(common.error());
        const auto notify = place<io::Region<0, 2>>(at.notify, bar_of);
        if (!notify)
            return io::fail(notify.error());
        const auto isr = place<pci::Isr>(at.isr, bar_of);
        if (!isr)
            return io::fail(isr.error());
        const auto device = place<io::Region<>>(
            at.device_config.bytes == 0 ? Structure{at.common.bar, 0, 0} : at.device_config,
            bar_of);
        if (!device)
            return io::fail(device.error());
        return OverPci{at, *common, *notify, *isr, *device};
    }

    // The same with an interrupt for each answer, by this vector of MSI-X, which somebody has
    // enabled and waits for: a clock whose sleeps end with it, for one.
    [[nodiscard]] constexpr OverPci with_vector(std::uint16_t vector) const noexcept {
        OverPci other = *this;
        other.vector_ = vector;
        return other;
    }

    [[nodiscard]] constexpr const View<pci::Common>& registers() const noexcept { return common_; }
    // no_device for another device.
    [[nodiscard]] constexpr io::Result<> identify(DeviceId device) const {
        if (device_ != static_cast<std::uint16_t>(device))
            return io::fail(io::Error::no_device);
        return {};
    }
    [[nodiscard]] constexpr bool has_interrupt() const noexcept {
        return vector_ != pci::no_vector;
    }
    // out_of_bounds when it is not where the device may be told; unsupported when the device has
    // not got the vector; no_device when it has gone.
    [[nodiscard]] constexpr io::Result<Doorbell> doorbell(std::uint16_t queue) const {
        const auto at = look_at<pci::QueueNotifyOff>(common_);
        if (!at)
            return io::fail(at.error());
        const std::uint64_t offset = std::uint64_t{at->steps()} * multiplier_;
        const auto view = notify_.template try_subview<std::uint16_t>(offset);
        if (!view)
            return io::fail(view.error());
        if (has_interrupt()) {
            common_.write(pci::QueueVector{}.with_vector(vector_));
            if (common_.template read<pci::QueueVector>().vector() != vector_) {
                const auto status = look_at<pci::Status>(common_);
                return io::fail(status ? io::Error::unsupported : status.error());
            }
        }
        return Doorbell{*view, queue};
    }
    // out_of_bounds when it has less.
    template <io::RegionTarget Config>
    [[nodiscard]] constexpr auto config() const {
        return config_.template try_subview<Config>(0);
    }
    // What there was an interrupt for, since the last look; of a function without MSI-X.
    [[nodiscard]] constexpr pci::IsrStatus interrupts() const {
        return isr_.template read<pci::IsrStatus>();
    }

private:
    constexpr OverPci(const Structures& at,
                      View<pci::Common> common,
                      View<io::Region<0, 2>> notify,
                      View<pci::Isr> isr,
                      View<io::Region<>> config) noexcept
        : common_(common),
          notify_(notify),
          isr_(isr),
          config_(config),
          multiplier_(at.notify_multiplier),
          device_(at.device) {}

    template <class T, class BarOf>
    static constexpr io::Result<View<T>> place(const Structure& at, BarOf& bar_of) {
        const io::Result<Bar> bar = bar_of(unsigned{at.bar});
        if (!bar)
            return io::fail(bar.error());
        return bar->template try_subview<T>(at.offset, at.bytes);
    }

    View<pci::Common> common_;
    View<io::Region<0, 2>> notify_;
    View<pci::Isr> isr_;
    View<io::Region<>> config_;
    std::uint32_t multiplier_;
    std::uint16_t device_;
    std::uint16_t vector_ = pci::no_vector;
};

template <class BarOf>
[[nodiscard]] constexpr auto over_pci(const Structures& at, BarOf&& bar_of) {
    return OverPci<typename decltype(bar_of(0u))::value_type>::of(at, bar_of);
}

} // namespace virtio
