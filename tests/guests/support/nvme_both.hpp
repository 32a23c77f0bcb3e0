// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// An nvme through VFIO with two pairs of queues in one process: one of the driver in
// examples/drivers/nvme_io.hpp, one of a twin of that in C.
//
//   guest::with_both<Clock>(report, [](auto by_ioview, auto by_twin) { by_ioview(block) … });

#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>

#include "../../../examples/drivers/nvme_io.hpp"
#include "../../hardware/checks/nvme.hpp"
#include "nvme_twin.h"
#include "pci.hpp"

#include <cstddef>
#include <cstdint>
#include <sys/mman.h>

namespace guest {

struct TwinMemory {
    alignas(4'096) std::uint32_t submissions[nvme::io_entries][16];
    alignas(4'096) std::uint32_t completions[nvme::io_entries][4];
    alignas(4'096) std::uint64_t pages[512];
};

// The twin's pair of queues, number 2, at what allocate() has given.
template <class Controller>
bool create(::nvme_twin& twin,
            Controller& controller,
            io::DmaRegion region,
            int file,
            std::uint64_t (*now)()) {
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
            now,
            nvme::io_entries,
            0,
            1 << 16,
            0};
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

// Called as a function of another file would be: nothing of its arguments is known in it.
template <class Queue>
[[gnu::noipa]] bool read_by_ioview(Queue& queue,
                                   std::uint32_t name_space,
                                   std::uint64_t block,
                                   std::uint32_t count,
                                   std::uint64_t data,
                                   std::size_t bytes) {
    return queue.read(name_space, block, count, data, bytes).has_value();
}
[[gnu::noipa]] inline bool read_by_twin(::nvme_twin& queue,
                                        std::uint32_t name_space,
                                        std::uint64_t block,
                                        std::uint32_t count,
                                        std::uint64_t data,
                                        std::size_t bytes) {
    return ::nvme_twin_read(&queue, name_space, block, count, data, bytes) == 0;
}

// use() gets both ways to read 4 KiB from a block on, which are true when they have.
template <class Clock, class Use>
void with_both(Report& report, Use use) {
    using View = io::Mmio<nvme::Bar>;
    using Queue = nvme::Queue<View, io::VfioDma, Clock>;
    const auto address = find(hardware::nvme_vendor, hardware::nvme_device);
    bind(address, "vfio-pci");
    const auto device = io::VfioDevice::open(address);
    if (!device || !device->set_bus_master(true))
        return;
    const auto bar = device->bar<nvme::Bar>(nvme::bar_number);
    auto dma = io::VfioDma::of(*device, io::DmaMask::of<64>());
    if (!bar || !dma)
        return;
    Clock clock;
    auto controller = nvme::Controller<View, io::VfioDma, Clock>::start(bar->view(), *dma, clock);
    if (!controller)
        return;
    auto queue = Queue::create(*controller, bar->view(), *dma, clock);
    const auto data = io::Coherent<nvme::Page, io::VfioDma>::zeroed(*dma);
    const auto region = dma->allocate(sizeof(TwinMemory), 4'096, {});
    ::nvme_twin twin{};
    report.check("nvme", "two pairs of queues", [&] {
        return queue && data && region &&
               create(twin, *controller, *region, device->native_handle(), &Clock::now);
    });
    if (!queue || !data || twin.tail == nullptr)
        return;
    use(
        [&](std::uint64_t block) {
            return read_by_ioview(*queue, 1, block, 8, data->dma_address(), nvme::page);
        },
        [&](std::uint64_t block) {
            return read_by_twin(twin, 1, block, 8, data->dma_address(), nvme::page);
        });
}

} // namespace guest
