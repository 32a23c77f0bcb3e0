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

// The disk has 6 MiB: run.py fills the first with half(first_seed), and wants half(second_seed) in
// the second, as on the boards.
constexpr std::size_t half_bytes = 1 << 20;
constexpr std::uint32_t first_seed = 0x10f1'e5d0;
constexpr std::uint32_t second_seed = 0x0bad'cafe;
constexpr std::size_t part = 256 << 10; // of a command
constexpr std::uint32_t block = 512;

std::uint8_t byte_of(std::uint32_t seed, std::size_t i) {
    const std::uint32_t word = (static_cast<std::uint32_t>(i / 4) + seed) * 2'654'435'761u;
    return static_cast<std::uint8_t>(word >> i % 4 * 8);
}

void check_blocks(Report& report, const Bar& bar, io::VfioDma& dma) {
    guest::Clock clock;
    auto controller = Controller::start(bar.view(), dma, clock);
    if (!controller)
        return;
    auto queue = Queue::create(*controller, bar.view(), dma, clock);
    report.check("nvme", "a pair of queues", [&] { return queue.has_value(); });
    const auto data = Bytes::zeroed(dma, part);
    if (!queue || !data)
        return;
    const auto each_part = [&](std::size_t from, auto use) {
        for (std::size_t at = 0; at < half_bytes; at += part) {
            if (!use(at, (from + at) / block))
                return false;
        }
        return true;
    };
    const auto read = [&](std::uint64_t first) {
        return queue->read(1, first, part / block, data->dma_address(), part).has_value();
    };
    const auto is = [&](std::uint32_t seed, std::size_t at) {
        for (std::size_t i = 0; i < part; ++i) {
            if (data->at(i).read() != byte_of(seed, at + i))
                return false;
        }
        return true;
    };
    report.check("nvme", "1 MiB read, that the host has written", [&] {
        return each_part(0, [&](std::size_t at, std::uint64_t first) {
            return read(first) && is(first_seed, at);
        });
    });
    report.check("nvme", "1 MiB written", [&] {
        return each_part(half_bytes, [&](std::size_t at, std::uint64_t first) {
            for (std::size_t i = 0; i < part; ++i)
                data->at(i).write(byte_of(second_seed, at + i));
            return queue->write(1, first, part / block, data->dma_address(), part).has_value();
        });
    });
    report.check("nvme", "and read back", [&] {
        return each_part(half_bytes, [&](std::size_t at, std::uint64_t first) {
            for (std::size_t i = 0; i < part; ++i)
                data->at(i).write(0);
            return read(first) && is(second_seed, at);
        });
    });
    report.check("nvme", "a page, two of them, and three", [&] {
        for (std::size_t pages = 1; pages <= 3; ++pages) {
            const auto blocks = static_cast<std::uint32_t>(pages * nvme::page / block);
            for (std::size_t i = 0; i < 4 * nvme::page; ++i)
                data->at(i).write(0xa5);
            if (!queue->read(1, 0, blocks, data->dma_address(), pages * nvme::page))
                return false;
            for (std::size_t i = 0; i < 4 * nvme::page; ++i) {
                const std::uint8_t wanted = i < pages * nvme::page ? byte_of(first_seed, i) : 0xa5;
                if (data->at(i).read() != wanted)
                    return false;
            }
        }
        return true;
    });
    report.refuses("nvme", "blocks past the last", io::Error::io_error, [&] {
        return queue->read(1, (6u << 20) / block, 8, data->dma_address(), 4'096);
    });
    report.refuses("nvme", "memory that begins within a page", io::Error::invalid_argument, [&] {
        return queue->read(1, 0, 8, data->dma_address() + 512, 4'096);
    });
    report.refuses("nvme", "more than a list has", io::Error::out_of_bounds, [&] {
        return queue->read(1, 0, 8, data->dma_address(), nvme::most_bytes + 1);
    });
    // QEMU's controller calls that a success, and its IOMMU says that it was blocked: run.py
    report.check("nvme", "an address that is not mapped, and the next command as ever", [&] {
        static_cast<void>(queue->read(1, 0, 8, io::DmaAddress{1} << 30, 4'096));
        return read(0) && is(first_seed, 0);
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
    check_blocks(report, *bar, *dma);
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
