// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One driver, QEMU's `edu`, reached in each of the ways that Linux has for processes:
//
//   user_space sysfs 0000:00:03.0
//   user_space vfio  0000:00:03.0
//   user_space uio   0              /dev/uio0 and its map 0
//   user_space mem   0xfe800000     a physical address
//   user_space                      simulated
//
// Nothing of it is there on a machine where the tests run:
// run: sysfs 7fff:00:00.0 -> user_space.absent.expected
// run: vfio 7fff:00:00.0 -> user_space.absent.expected
// run: uio 9999 -> user_space.absent.expected

#include <ioview/dma.hpp>
#include <ioview/linux/dev_mem.hpp>
#include <ioview/linux/sysfs_bar.hpp>
#include <ioview/linux/sysfs_enable.hpp>
#include <ioview/linux/uio.hpp>
#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>
#include <ioview/linux/vfio_interrupts.hpp>

#include "drivers/edu.hpp"
#include "drivers/edu_simulated.hpp"

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <thread>

namespace io = ioview;
namespace pci = ioview::pci;

namespace {

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
// The driver does not know how it came to the registers.
template <io::IoOf<edu::Edu> Bar, class Clock>
io::Result<> drive(const Bar& bar, Clock& clock) {
    const auto id = edu::identify(bar);
    if (!id)
        return io::fail(id.error());
    const auto product = edu::factorial(bar, 10, clock);
    if (!product)
        return io::fail(product.error());
    std::printf("edu %u.%u: 10! = %u\n", unsigned{id->major()}, unsigned{id->minor()}, *product);
    return {};
}
// [/drive]

// [sysfs]
io::Result<> by_sysfs(const pci::Address& address, Clock& clock) {
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
io::Result<> by_vfio(const pci::Address& address, Clock& clock) {
    const auto device = io::VfioDevice::open(address);
    if (!device)
        return io::fail(device.error());
    const auto bar = device->bar<edu::Edu>(edu::bar_number);
    if (!bar)
        return io::fail(bar.error());
    const auto interrupts = io::VfioInterrupts::enable(*device, io::VfioIrq::msi);
    if (!interrupts)
        return io::fail(interrupts.error());
    edu::interrupt_when_computed(*bar, true);
    if (auto done = drive(bar->view(), clock); !done)
        return done;
    const auto times = interrupts->wait(0, std::chrono::seconds(1));
    if (!times)
        return io::fail(times.error());
    static_cast<void>(edu::take_interrupts(*bar));

    // memory of this process, which nobody but this device reaches
    auto dma = io::VfioDma::of(*device, io::DmaMask::of<28>());
    if (!dma)
        return io::fail(dma.error());
    if (auto master = device->set_bus_master(true); !master)
        return master;
    auto words = io::Coherent<std::uint32_t[], io::VfioDma>::zeroed(*dma, 16);
    if (!words)
        return io::fail(words.error());
    const auto copied = edu::copy_to_device(*bar, *words, 0, clock);
    if (!copied && !edu::wait_idle(*bar, clock))
        std::move(*words).leak(); // the IOMMU takes it out of reach
    return copied;
}
// [/vfio]

// [uio]
io::Result<> by_uio(unsigned number, Clock& clock) {
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
io::Result<> by_address(std::uint64_t address, Clock& clock) {
    const auto registers = io::DevMem<edu::Edu, io::DevMemWrites>::map(address);
    if (!registers)
        return io::fail(registers.error());
    return drive(registers->view(), clock);
}
// [/mem]

io::Result<> simulated() {
    io::testing::FakeDma dma{edu::Simulated::dma_mask};
    edu::Simulated device{dma};
    return drive(device.bar(), device.clock);
}

pci::Address address_of(const char* text) {
    unsigned segment = 0;
    unsigned bus = 0;
    unsigned device = 32; // none
    unsigned function = 0;
    if (std::sscanf(text, "%x:%x:%x.%x", &segment, &bus, &device, &function) != 4)
        device = 32;
    return {segment, std::uint8_t(bus), std::uint8_t(device), std::uint8_t(function)};
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view way = argc == 3 ? argv[1] : "";
    Clock clock;
    const auto done = way == "sysfs"  ? by_sysfs(address_of(argv[2]), clock)
                      : way == "vfio" ? by_vfio(address_of(argv[2]), clock)
                      : way == "uio"  ? by_uio(unsigned(std::strtoul(argv[2], nullptr, 0)), clock)
                      : way == "mem"  ? by_address(std::strtoull(argv[2], nullptr, 0), clock)
                                      : simulated();
    if (!done)
        std::printf("%s: %s\n", io::to_string(done.error()), std::strerror(errno));
}
