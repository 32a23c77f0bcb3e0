// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nvme through VFIO behind an emulated IOMMU: the driver of the boards by its own checks, blocks
// that the host compares, interrupts of MSI-X, a reset, and the end of a process that is killed.
#include <ioview/backend/config_space.hpp>
#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>
#include <ioview/linux/vfio_interrupts.hpp>

#include "../../examples/drivers/nvme_io.hpp"
#include "../hardware/checks/nvme.hpp"
#include "support/guest.hpp"
#include "support/pci.hpp"

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace io = ioview;

namespace {

using guest::Report;
using Bar = io::VfioBar<nvme::Bar>;
using View = io::Mmio<nvme::Bar>;
using Controller = nvme::Controller<View, io::VfioDma, guest::Clock>;
using Queue = nvme::Queue<View, io::VfioDma, guest::Clock>;
using Bytes = io::Coherent<std::uint8_t[], io::VfioDma>;

constexpr std::size_t part = 256 << 10; // of a command
constexpr std::uint32_t block = 512;

void check_unmapped(Report& report, const Bar& bar, io::VfioDma& dma) {
    guest::Clock clock;
    auto controller = Controller::start(bar.view(), dma, clock);
    if (!controller)
        return;
    auto queue = Queue::create(*controller, bar.view(), dma, clock);
    const auto data = Bytes::zeroed(dma, part);
    // QEMU's controller calls that a success, and its IOMMU says that it was blocked: run.py
    report.check("nvme", "an address that is not mapped, and the next command as ever", [&] {
        if (!queue || !data)
            return false;
        static_cast<void>(queue->read(1, 0, 8, io::DmaAddress{1} << 30, 4'096));
        if (!queue->read(1, 0, part / block, data->dma_address(), part))
            return false;
        for (std::uint32_t i = 0; i < part; ++i) {
            const std::uint32_t word = hardware::pattern_at(hardware::first_seed, i / 4);
            if (data->at(i).read() != static_cast<std::uint8_t>(word >> i % 4 * 8))
                return false;
        }
        return true;
    });
}

// A program that reads until something ends it.
[[noreturn]] void read_for_ever(const io::pci::Address& address, volatile std::sig_atomic_t& stop) {
    guest::Clock clock;
    {
        const auto device = io::VfioDevice::open(address);
        if (!device || !device->set_bus_master(true))
            std::_Exit(2);
        const auto bar = device->bar<nvme::Bar>(nvme::bar_number);
        auto dma = io::VfioDma::of(*device, io::DmaMask::of<64>());
        if (!bar || !dma)
            std::_Exit(3);
        auto controller = Controller::start(bar->view(), *dma, clock);
        if (!controller)
            std::_Exit(4);
        auto queue = Queue::create(*controller, bar->view(), *dma, clock);
        const auto data = Bytes::zeroed(*dma, part);
        if (!queue || !data)
            std::_Exit(5);
        while (stop == 0) {
            if (!queue->read(1, 0, part / block, data->dma_address(), part))
                std::_Exit(6);
        }
    }
    std::_Exit(0);
}

volatile std::sig_atomic_t told_to_stop = 0;

// KiB
long free_memory() {
    const std::string text = guest::read_file("/proc/meminfo");
    return std::strtol(text.c_str() + text.find("MemFree:") + 8, nullptr, 10);
}

// The status that a program ends with that gets a signal so many microseconds after its start.
int ended_by(int number, std::uint64_t after, const io::pci::Address& address) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGTERM, [](int) { told_to_stop = 1; });
        read_for_ever(address, told_to_stop);
    }
    guest::Clock::sleep_for(after);
    ::kill(child, number);
    int status = -1;
    ::waitpid(child, &status, 0);
    return status;
}

void check_ends(Report& report, const io::pci::Address& address) {
    report.check("end", "told to stop, everything is given back in order", [&] {
        const int status = ended_by(SIGTERM, 300'000, address);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0 && !guest::masters(address);
    });
    long lost = 0; // KiB
    report.check("end", "killed at 50 points, it masters the bus no more and can be opened", [&] {
        std::uint64_t random = 12'345;
        ended_by(SIGKILL, 100'000, address); // what the kernel keeps for later
        const long before = free_memory();
        for (int i = 0; i < 50; ++i) {
            random = random * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
            const int status = ended_by(SIGKILL, (random >> 33) % 60'000, address);
            if (!WIFSIGNALED(status) || guest::masters(address) || !io::VfioDevice::open(address))
                return false;
        }
        lost = before - free_memory();
        return lost < 1'024; // one program had 256 locked
    });
    std::printf("KiB of free memory less after these: %ld\n", lost);
}

void check_device(Report& report, const io::pci::Address& address) {
    guest::Clock clock;
    auto device = io::VfioDevice::open(address);
    report.check("vfio", "opened", [&] { return device.has_value(); });
    if (!device)
        return;
    report.check(
        "vfio", "its extended configuration space", [&] { return device->size() == 4'096; });
    report.check("vfio", "reset", [&] { return device->reset(); });
    const auto bar = device->bar<nvme::Bar>(nvme::bar_number);
    report.check("vfio", "BAR 0 mapped", [&] { return bar.has_value(); });
    if (!bar || !device->set_bus_master(true))
        return;
    report.check("interrupts", "vectors of MSI-X", [&] {
        const auto vectors = io::VfioInterrupts::enable(*device, io::VfioIrq::msix, 4);
        return vectors && vectors->size() == 4;
    });
    auto dma = io::VfioDma::of(*device, io::DmaMask::of<64>());
    if (!dma)
        return;
    hardware::check_nvme(report, bar->view(), *dma, clock);
    hardware::check_nvme_blocks(report, bar->view(), *dma, clock);
    check_unmapped(report, *bar, *dma);
    report.check("dma", "all memory was given back", [&] { return dma->outstanding() == 0; });
}

} // namespace

int main() {
    return guest::run([](Report& report) {
        const auto address = guest::find(hardware::nvme_vendor, hardware::nvme_device);
        guest::bind(address, "vfio-pci");
        check_device(report, address);
        report.check(
            "vfio", "ended, it masters the bus no more", [&] { return !guest::masters(address); });
        check_ends(report, address);
    });
}
