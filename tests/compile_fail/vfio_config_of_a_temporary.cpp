// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the mechanism must outlive the view; give it a name
#include <ioview/backend/config_space.hpp>
#include <ioview/linux/vfio.hpp>

#include <utility>

namespace io = ioview;

io::Result<std::uint16_t> vendor() {
    auto device = io::VfioDevice::open({.bus = 0, .device = 3});
    if (!device)
        return io::fail(device.error());
#ifdef IOVIEW_FIXED
    const auto config = io::ConfigSpace<io::VfioDevice, io::pci::Normal>::of(*device);
#else
    const auto config = io::ConfigSpace<io::VfioDevice, io::pci::Normal>::of(std::move(*device));
#endif
    return config ? config->try_read16(0x00) : io::fail(config.error());
}
