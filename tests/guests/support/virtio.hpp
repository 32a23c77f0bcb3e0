// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Functions of virtio in a guest: found by what they are, and driven through one of their BARs by
// the checks of the boards. The disk is that of hardware/checks/virtio_blk.hpp.

#include <ioview/backend/config_space.hpp>
#include <ioview/linux/sysfs_config.hpp>

#include "../../../examples/drivers/virtio_pci.hpp"
#include "../../hardware/checks/virtio_blk.hpp"
#include "../../hardware/checks/virtio_rng.hpp"
#include "guest.hpp"
#include "pci.hpp"

namespace guest {

using OverPci = virtio::OverPci<io::Mmio<io::Region<>>>;

inline io::pci::Address find(virtio::DeviceId device) {
    return find(virtio::pci_vendor, virtio::pci_device(device));
}
inline virtio::Structures structures_of(const io::pci::Address& address) {
    const auto file = io::pci::SysfsConfig::open(address);
    if (!file)
        give_up("config");
    const auto cfg = io::ConfigSpace<io::pci::SysfsConfig, io::pci::Normal>::of(*file);
    const auto found =
        cfg ? virtio::find_structures(*cfg) : io::Result<virtio::Structures>{io::fail(cfg.error())};
    if (!found)
        give_up(io::to_string(found.error()));
    return *found;
}
// All that is needed of QEMU's is in one BAR.
inline io::Result<OverPci> over(const virtio::Structures& found, io::Mmio<io::Region<>> bar) {
    return virtio::over_pci(found, [&](unsigned number) -> io::Result<io::Mmio<io::Region<>>> {
        if (number != found.common.bar)
            return io::fail(io::Error::no_device);
        return bar;
    });
}

// Whether the last start has agreed that addresses are those of the platform: of its IOMMU.
inline bool agreed_on_platform(const OverPci& transport) {
    transport.registers().write(virtio::pci::DriverFeaturesSel{}.with_word(1));
    const auto high = transport.registers().read<virtio::pci::DriverFeatures>().bits_of_word();
    return (std::uint64_t{high} << 32 & virtio::feature_access_platform) != 0;
}

} // namespace guest
