// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reads per second of an nvme by its driver and by a twin of that in C, in turns, each with a pair
// of queues of its own in the same process.
#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>

#include "../../examples/drivers/nvme_io.hpp"
#include "../hardware/checks/nvme.hpp"
#include "support/guest.hpp"
#include "support/nvme_twin.h"
#include "support/pci.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <sys/mman.h>
#include <unistd.h>

namespace io = ioview;

namespace {

using View = io::Mmio<nvme::Bar>;
using Controller = nvme::Controller<View, io::VfioDma, guest::Clock>;
using Queue = nvme::Queue<View, io::VfioDma, guest::Clock>;
using Bytes = io::Coherent<std::uint8_t[], io::VfioDma>;

constexpr std::uint32_t batch = 100; // of reads
constexpr unsigned rounds = 40;

struct TwinMemory {
    alignas(4'096) std::uint32_t submissions[nvme::io_entries][16];
    alignas(4'096) std::uint32_t completions[nvme::io_entries][4];
    alignas(4'096) std::uint64_t pages[512];
};

// The twin's pair of queues, number 2, at what allocate() has given.
bool create(::nvme_twin& twin, Controller& controller, io::DmaRegion region, int file) {
    auto* const memory = static_cast<TwinMemory*>(region.cpu);
    void* const bar = ::mmap(nullptr, 0x2000, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (bar == MAP_FAILED)
        return false;
    auto* const doorbells = reinterpret_cast<volatile std::uint32_t*>(
        static_cast<std::byte*>(bar) + 0x1000); // at QEMU's distance of 4 bytes
    twin = {doorbells + 4,
            doorbells + 5,
            memory->submissions,
            memory->completions,
            memory->pages,
            region.dma + offsetof(TwinMemory, pages),
            &guest::Clock::now,
            nvme::io_entries,
            0,
            1 << 16};
    constexpr std::uint32_t size = (nvme::io_entries - 1) << 16 | 2;
    return controller
               .command(nvme::opcode_create_completion,
                        region.dma + offsetof(TwinMemory, completions),
                        size,
                        nvme::contiguous)
               .has_value() &&
           controller
               .command(
                   nvme::opcode_create_submission, region.dma, size, 2 << 16 | nvme::contiguous)
               .has_value();
}

// Microseconds of a batch; 0 when one of them failed.
template <class Read>
std::uint64_t time_of(Read read) {
    const auto start = guest::Clock::now();
    for (std::uint32_t i = 0; i < batch; ++i) {
        if (!read(std::uint64_t{i} * 8))
            return 0;
    }
    return guest::Clock::now() - start;
}

void measure(guest::Report& report, const io::VfioDevice& device, const View& view) {
    guest::Clock clock;
    auto dma = io::VfioDma::of(device, io::DmaMask::of<64>());
    if (!dma)
        return;
    auto controller = Controller::start(view, *dma, clock);
    if (!controller)
        return;
    auto queue = Queue::create(*controller, view, *dma, clock);
    const auto data = Bytes::zeroed(*dma, 4'096);
    const auto region = dma->allocate(sizeof(TwinMemory), 4'096, {});
    ::nvme_twin twin{};
    report.check("nvme", "two pairs of queues", [&] {
        return queue && data && region &&
               create(twin, *controller, *region, device.native_handle());
    });
    if (!queue || !data || twin.tail == nullptr)
        return;
    std::uint64_t ours = ~0ull;
    std::uint64_t theirs = ~0ull;
    report.check("nvme", "the same reads by both", [&] {
        const auto by_ioview = [&](std::uint64_t block) {
            return queue->read(1, block, 8, data->dma_address(), 4'096).has_value();
        };
        const auto by_twin = [&](std::uint64_t block) {
            return ::nvme_twin_read(&twin, 1, block, 8, data->dma_address(), 4'096) == 0;
        };
        for (unsigned i = 0; i < rounds; ++i) { // each comes first in every other round
            const auto first = i % 2 == 0 ? time_of(by_ioview) : time_of(by_twin);
            const auto second = i % 2 == 0 ? time_of(by_twin) : time_of(by_ioview);
            if (first == 0 || second == 0)
                return false;
            ours = std::min(ours, i % 2 == 0 ? first : second);
            theirs = std::min(theirs, i % 2 == 0 ? second : first);
        }
        return true;
    });
    const auto a_second = [](std::uint64_t us) {
        return static_cast<unsigned>(std::uint64_t{1'000'000} * batch / us);
    };
    std::printf("figure: nvme, reads of 4 KiB a second, one at a time: %u by ioview, %u by a twin "
                "in C (%.2f)\n",
                a_second(ours),
                a_second(theirs),
                static_cast<double>(theirs) / static_cast<double>(ours));
}

} // namespace

int main() {
    return guest::run([](guest::Report& report) {
        const auto address = guest::find(hardware::nvme_vendor, hardware::nvme_device);
        guest::bind(address, "vfio-pci");
        const auto device = io::VfioDevice::open(address);
        if (!device || !device->set_bus_master(true))
            return;
        const auto bar = device->bar<nvme::Bar>(nvme::bar_number);
        if (bar)
            measure(report, *device, bar->view());
    });
}
