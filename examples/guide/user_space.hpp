// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// One driver, QEMU's `edu`, reached in each of the ways that Linux has for processes.

#include <ioview/dma.hpp>
#include <ioview/linux/dev_mem.hpp>
#include <ioview/linux/sysfs_bar.hpp>
#include <ioview/linux/sysfs_enable.hpp>
#include <ioview/linux/uio.hpp>
#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>
#include <ioview/linux/vfio_interrupts.hpp>

#include "../drivers/edu.hpp"

#include <chrono>
#include <cstdint>
#include <thread>
#include <utility>

namespace user_space {

namespace io = ioview;
namespace pci = ioview::pci;

// Microseconds, as the driver counts.
struct Clock {
    std::uint64_t now() const {
        return std::uint64_t(std::chrono::duration_cast<std::chrono::microseconds>(
                                 std::chrono::steady_clock::now().time_since_epoch())
                                 .count());
    }
    void sleep_for(std::uint64_t us) const {
        std::this_thread::sleep_for(std::chrono::microseconds(us));
    }
};

// [drive]
// The driver does not know how it came to the registers. 10!, as the device computes it.
template <io::IoOf<edu::Edu> Bar, class Clock>
io::Result<std::uint32_t> drive(const Bar& bar, Clock& clock) {
    if (auto id = edu::identify(bar); !id)
        return io::fail(id.error());
    return edu::factorial(bar, 10, clock);
}
// [/drive]

// [sysfs]
inline io::Result<std::uint32_t> by_sysfs(const pci::Address& address, Clock& clock) {
    const auto on = pci::SysfsEnable::of(address); // it decodes memory while this lives
    if (!on)
        return io::fail(on.error());
    const auto bar = pci::SysfsBar<edu::Edu>::map(address, edu::bar_number);
    if (!bar)
        return io::fail(bar.error());
    return drive(bar->view(), clock);
}
// [/sysfs]

// [vfio]
inline io::Result<std::uint32_t> by_vfio(const pci::Address& address, Clock& clock) {
    const auto device = io::VfioDevice::open(address);
    if (!device)
        return io::fail(device.error());
    const auto bar = device->bar<edu::Edu>(edu::bar_number);
    if (!bar)
        return io::fail(bar.error());
    if (auto master = device->set_bus_master(true); !master) // DMA, and interrupts by message
        return io::fail(master.error());
    const auto interrupts = io::VfioInterrupts::enable(*device, io::VfioIrq::msi);
    if (!interrupts)
        return io::fail(interrupts.error());
    edu::interrupt_when_computed(*bar, true);
    const auto product = drive(bar->view(), clock);
    if (!product)
        return product;
    const auto times = interrupts->wait(0, std::chrono::seconds(1));
    if (!times)
        return io::fail(times.error());
    static_cast<void>(edu::take_interrupts(*bar));

    // memory of this process, which nobody but this device reaches
    auto dma = io::VfioDma::of(*device, io::DmaMask::of<28>());
    if (!dma)
        return io::fail(dma.error());
    auto words = io::Coherent<std::uint32_t[], io::VfioDma>::zeroed(*dma, 16);
    if (!words)
        return io::fail(words.error());
    words->at(0).write(*product);
    const auto copied = edu::copy_to_device(*bar, *words, 0, clock);
    if (!copied && !edu::wait_idle(*bar, clock))
        std::move(*words).leak(); // the IOMMU takes it out of reach
    if (!copied)
        return io::fail(copied.error());
    return product;
}
// [/vfio]

// [uio]
inline io::Result<std::uint32_t> by_uio(unsigned number, Clock& clock) {
    const auto device = io::UioDevice::open(number);
    if (!device)
        return io::fail(device.error());
    const auto registers = io::UioMap<edu::Edu>::map(*device, 0);
    if (!registers)
        return io::fail(registers.error());
    return drive(registers->view(), clock);
}
// [/uio]

// [mem]
inline io::Result<std::uint32_t> by_address(std::uint64_t address, Clock& clock) {
    const auto registers = io::DevMem<edu::Edu, io::DevMemWrites>::map(address);
    if (!registers)
        return io::fail(registers.error());
    return drive(registers->view(), clock);
}
// [/mem]

} // namespace user_space
