// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// edu through VFIO behind an emulated IOMMU: the driver of the boards, by its own checks.
#include <ioview/backend/config_space.hpp>
#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>
#include <ioview/linux/vfio_interrupts.hpp>

#include "../hardware/checks/edu.hpp"
#include "support/guest.hpp"
#include "support/pci.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <thread>

namespace io = ioview;

namespace {

using namespace std::chrono_literals;
using guest::Report;

// Memory that this process has locked for devices, in KiB, as the kernel counts it.
long locked() {
    const std::string status = guest::read_file("/proc/self/status");
    const auto at = status.find("VmLck:");
    return at == std::string::npos ? -1 : std::strtol(status.c_str() + at + 6, nullptr, 10);
}

void check_addresses(Report& report, const io::VfioDevice& device, const auto& bar) {
    guest::Clock clock;
    auto dma = io::VfioDma::of(device, io::DmaMask::of<28>());
    report.check("dma", "an address space", [&] { return dma.has_value(); });
    if (!dma)
        return;
    report.check("dma", "addresses are not 0, and within the mask", [&] {
        const auto low = io::Coherent<std::uint32_t[], io::VfioDma>::zeroed(*dma, 4);
        return low && low->dma_address() != 0 && low->dma_address() < 1u << 28 && locked() == 4;
    });
    report.check("dma", "an address that is not mapped is blocked", [&] {
        auto words = io::Coherent<std::uint32_t[], io::VfioDma>::zeroed(*dma, 16);
        if (!words)
            return false;
        words->at(0).write(0x5a5a'a5a5);
        if (!edu::copy_to_device(bar, *words, 0, clock))
            return false;
        // the same address after it was given back: the engine ends, and nothing was written
        const auto stale = words->dma_address();
        words = io::Coherent<std::uint32_t[], io::VfioDma>::zeroed(*dma, 16);
        if (!words || words->dma_address() == stale)
            return false;
        bar.write(edu::Source{}.with_address(edu::buffer_address));
        bar.write(edu::Destination{}.with_address(stale));
        bar.write(edu::Count{}.with_bytes(16));
        bar.write(edu::Command{}.with_direction(edu::Direction::to_memory).with_run(true));
        return edu::wait_idle(bar, clock).has_value() && words->at(0).read() == 0;
    });
    report.check("dma", "memory of the program's own, mapped and unmapped", [&] {
        static std::uint32_t own[512];
        own[3] = 0x1234'5678;
        const auto at = dma->map(&own[3], 8, io::DmaDirection::to_device);
        if (!at || (*at & 0xfff) != (reinterpret_cast<std::uintptr_t>(&own[3]) & 0xfff))
            return false;
        const bool one = dma->outstanding() == 1;
        dma->unmap(*at, 8, io::DmaDirection::to_device);
        return one && dma->outstanding() == 0;
    });
    report.refuses("dma", "more than the mask reaches", io::Error::no_memory, [&] {
        return dma->allocate(std::size_t{1} << 28, 4'096, {});
    });
    report.check("dma", "nothing stays locked when all is given back", [&] {
        return dma->outstanding() == 0 && locked() == 0;
    });
}

void check_interrupts(Report& report, const io::VfioDevice& device, const auto& bar) {
    report.refuses("interrupts", "no more vectors than there are", io::Error::out_of_bounds, [&] {
        return io::VfioInterrupts::enable(device, io::VfioIrq::msi, 2);
    });
    report.refuses("interrupts", "edu has no MSI-X", io::Error::unsupported, [&] {
        return io::VfioInterrupts::enable(device, io::VfioIrq::msix);
    });
    {
        auto msi = io::VfioInterrupts::enable(device, io::VfioIrq::msi);
        report.check("interrupts", "MSI enabled", [&] { return msi.has_value(); });
        if (!msi)
            return;
        report.refuses("interrupts", "none comes by itself", io::Error::timed_out, [&] {
            return msi->wait(0, 20ms);
        });
        edu::raise(bar, 0x100);
        report.check("interrupts", "raised, it comes", [&] { return msi->wait(0, 1s) == 1u; });
        static_cast<void>(edu::take_interrupts(bar));
    }
    auto line = io::VfioInterrupts::enable(device, io::VfioIrq::intx);
    report.check("interrupts", "INTx after MSI", [&] { return line.has_value(); });
    if (!line)
        return;
    edu::raise(bar, 0x100);
    report.check("interrupts", "the line comes once, and is masked then", [&] {
        return line->wait(0, 1s) == 1u &&
               line->wait(0, 20ms) == io::Result<std::uint64_t>{io::fail(io::Error::timed_out)};
    });
    report.check(
        "interrupts", "unmasked while it is up it comes again, and not when it was seen to", [&] {
            if (!line->unmask() || line->wait(0, 1s) != 1u)
                return false;
            static_cast<void>(edu::take_interrupts(bar));
            return line->unmask().has_value() && !line->wait(0, 20ms);
        });
}

void check_device(Report& report, const io::pci::Address& address) {
    guest::Clock clock;
    auto device = io::VfioDevice::open(address);
    report.check("vfio", "opened", [&] { return device.has_value(); });
    if (!device)
        return;
    report.refuses(
        "vfio", "opened twice", io::Error::busy, [&] { return io::VfioDevice::open(address); });
    report.check("vfio", "its configuration space", [&] {
        const auto config = io::ConfigSpace<io::VfioDevice, io::pci::Normal>::of(*device);
        return config && config->read16(0x00) == edu::vendor_id &&
               config->read16(0x02) == edu::device_id;
    });
    const auto bar = device->bar<edu::Edu>(edu::bar_number);
    report.check("vfio", "BAR 0 mapped", [&] { return bar.has_value(); });
    if (!bar)
        return;
    report.refuses("vfio", "BAR 1, which is not there", io::Error::no_memory, [&] {
        return device->bar<edu::Edu>(1);
    });
    report.refuses("vfio", "BAR 0 is no larger than it is", io::Error::out_of_bounds, [&] {
        return device->bar<io::Region<0x20'0000>>(0);
    });
    report.check("vfio", "BAR 0 by calls of the kernel", [&] {
        auto region = device->region(0);
        if (!region)
            return false;
        const auto regs = io::on_bus<io::Region<0x100>, io::vfio_format>(*region);
        return regs.try_write32(0x04, 0x0f0f'0f0f).has_value() &&
               regs.try_read32(0x04) == 0xf0f0'f0f0;
    });
    {
        auto dma = io::VfioDma::of(*device, io::DmaMask::of<28>());
        if (!dma || !device->set_bus_master(true))
            return;
        hardware::check_edu(report, *bar, *dma, clock);
    }
    check_addresses(report, *device, *bar);
    check_interrupts(report, *device, *bar);
    report.check("vfio", "mastering the bus", [&] { return guest::masters(address); });
    report.refuses("vfio", "edu cannot be reset alone", io::Error::unsupported, [&] {
        return device->reset();
    });
}

// The kernel removes the function: it asks for it, and waits until it is given back.
void check_request(Report& report, const io::pci::Address& address) {
    std::thread removal;
    std::atomic<bool> removed = false;
    {
        const auto device = io::VfioDevice::open(address);
        report.check("request", "opened", [&] { return device.has_value(); });
        if (!device)
            return;
        const auto asked = io::VfioInterrupts::enable(*device, io::VfioIrq::request);
        report.check("request", "enabled", [&] { return asked.has_value(); });
        if (!asked)
            return;
        removal = std::thread([&] {
            guest::write_file(guest::directory_of(address) + "/remove", "1");
            removed = true;
        });
        report.check("request", "the kernel asks for it, and waits", [&] {
            return asked->wait(0, 5s).has_value() && !removed;
        });
    }
    removal.join();
    report.refuses("request", "given back, it goes", io::Error::no_device, [&] {
        return io::VfioDevice::open(address);
    });
    guest::write_file("/sys/bus/pci/rescan", "1");
    guest::bind(address, "vfio-pci");
    report.check("request", "and comes back", [&] { return io::VfioDevice::open(address); });
}

} // namespace

int main() {
    return guest::run([](Report& report) {
        const auto address = guest::find(edu::vendor_id, edu::device_id);
        report.refuses("vfio", "no function there", io::Error::no_device, [] {
            return io::VfioDevice::open({.bus = 0xee});
        });
        report.refuses("vfio", "not bound to vfio-pci", io::Error::no_device, [&] {
            return io::VfioDevice::open(address);
        });
        guest::bind(address, "vfio-pci");
        check_device(report, address);
        report.check(
            "vfio", "ended, it masters the bus no more", [&] { return !guest::masters(address); });
        check_request(report, address);
    });
}
