// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of an NVMe controller, whose serial number the host knows, and of its disk of 6 MiB,
// whose first two have what disk.hpp says.

#include <ioview/dma.hpp>
#include <ioview/pci.hpp>

#include "../../../examples/drivers/nvme_io.hpp"
#include "../../../examples/drivers/pci_assign.hpp"
#include "../support/report.hpp"
#include "disk.hpp"
#include "removal.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {

inline constexpr std::uint16_t nvme_vendor = 0x1b36; // QEMU's
inline constexpr std::uint16_t nvme_device = 0x0010;

struct alignas(nvme::page) DriveChunk {
    io::le<std::uint32_t> words[chunk_bytes / 4];
};

// Blocks in both directions, through a pair of I/O queues.
template <io::IoOf<nvme::Bar> View, io::DmaDevice Dma, class Clock>
void check_nvme_blocks(Report& report, const View& view, Dma& dma, Clock& clock) {
    using Queue = nvme::Queue<View, Dma, Clock>;
    auto controller = nvme::Controller<View, Dma, Clock>::start(view, dma, clock);
    const auto size = controller ? controller->name_space(1) : io::fail(io::Error::no_device);
    report.check("nvme", "a pair of I/O queues, deleted", [&] {
        return size && Queue::create(*controller, view, dma, clock).has_value();
    });
    if (!size)
        return;
    auto queue = Queue::create(*controller, view, dma, clock);
    report.check("nvme", "and created once more", [&] { return queue.has_value(); });
    const auto data = io::Coherent<DriveChunk, Dma>::zeroed(dma);
    if (!queue || !data)
        return;
    const auto memory = IO_PROJECT(*data, words);
    constexpr std::uint32_t words = chunk_bytes / 4;
    const auto move = [&](bool reads, std::uint64_t at, std::uint32_t bytes) {
        const std::uint64_t block = at / size->block_bytes;
        const std::uint32_t count = bytes / size->block_bytes;
        return reads ? queue->read(1, block, count, data->dma_address(), bytes)
                     : queue->write(1, block, count, data->dma_address(), bytes);
    };
    const auto fill = [&](auto value_of) {
        for (std::uint32_t i = 0; i < words; ++i)
            memory.at(i).write(value_of(i));
    };
    const auto is_until = [&](std::uint32_t end, std::uint32_t seed, std::uint32_t first) {
        for (std::uint32_t i = 0; i < end; ++i) {
            if (memory.at(i).read() != pattern_at(seed, first + i))
                return false;
        }
        return true;
    };
    const auto each_chunk = [&](auto f) {
        for (std::uint32_t n = 0; n < half_bytes / chunk_bytes; ++n) {
            if (!f(n * chunk_bytes, n * words))
                return false;
        }
        return true;
    };
    const auto zero = [](std::uint32_t) { return 0u; };
    report.check("nvme", "1 MiB read, that the host has written", [&] {
        return each_chunk([&](std::uint32_t at, std::uint32_t first) {
            return move(true, at, chunk_bytes) && is_until(words, first_seed, first);
        });
    });
    report.check("nvme", "1 MiB written for the host", [&] {
        return each_chunk([&](std::uint32_t at, std::uint32_t first) {
            fill([=](std::uint32_t i) { return pattern_at(second_seed, first + i); });
            return move(false, half_bytes + at, chunk_bytes).has_value();
        });
    });
    report.check("nvme", "and read back", [&] {
        return each_chunk([&](std::uint32_t at, std::uint32_t first) {
            fill(zero);
            return move(true, half_bytes + at, chunk_bytes) && is_until(words, second_seed, first);
        });
    });
    report.check("nvme", "a page, two of them, and three", [&] {
        constexpr std::uint32_t page_words = nvme::page / 4;
        for (std::uint32_t pages = 1; pages <= 3; ++pages) {
            fill([](std::uint32_t) { return 0xa5a5'a5a5u; });
            if (!move(true, 0, pages * static_cast<std::uint32_t>(nvme::page)) ||
                !is_until(pages * page_words, first_seed, 0))
                return false;
            for (std::uint32_t i = pages * page_words; i < 4 * page_words; ++i) {
                if (memory.at(i).read() != 0xa5a5'a5a5)
                    return false;
            }
        }
        return true;
    });
    report.check("nvme", "the last blocks", [&] {
        return move(true, size->blocks * size->block_bytes - nvme::page, nvme::page);
    });
    report.refuses("nvme", "one past the last", io::Error::io_error, [&] {
        return move(true,
                    (size->blocks + 1) * size->block_bytes - nvme::page,
                    static_cast<std::uint32_t>(nvme::page));
    });
    report.refuses("nvme", "blocks of another name space", io::Error::io_error, [&] {
        return queue->write(0, 0, 1, data->dma_address(), size->block_bytes);
    });
    report.refuses("nvme", "memory that begins within a page", io::Error::invalid_argument, [&] {
        return queue->read(1, 0, 1, data->dma_address() + 512, size->block_bytes);
    });
    report.refuses("nvme", "more than a list has", io::Error::out_of_bounds, [&] {
        return queue->read(1, 0, 8, data->dma_address(), nvme::most_bytes + 1);
    });
    report.check("nvme", "and goes on after that", [&] {
        fill(zero);
        return move(true, 0, chunk_bytes) && is_until(words, first_seed, 0);
    });
}

template <io::IoOf<nvme::Bar> View, io::DmaDevice Dma, class Clock>
void check_nvme(Report& report, const View& view, Dma& dma, Clock& clock) {
    using Controller = nvme::Controller<View, Dma, Clock>;
    report.check("nvme", "started, with its admin queues", [&] {
        return Controller::start(view, dma, clock);
    });
    report.refuses("nvme", "a stopped one does not get ready", io::Error::timed_out, [&] {
        return io::wait_until<nvme::Status>(
            view,
            [](const nvme::Status& now) { return now.ready(); },
            io::Timing{std::uint64_t{100}, std::uint64_t{2'000}},
            clock);
    });
    auto controller = Controller::start(view, dma, clock);
    report.check("nvme", "stopped, and started once more", [&] { return controller.has_value(); });
    if (!controller)
        return;
    nvme::Identity identity;
    report.check("nvme", "identified", [&] {
        const auto said = controller->identify();
        identity = said.value_or(nvme::Identity{});
        return said && said->vendor == nvme_vendor && said->name_spaces != 0;
    });
    report.text("nvme serial number: ");
    report.text(identity.serial);
    report.text("\n");
    report.check("nvme", "name space 1 is of 6 MiB", [&] {
        const auto said = controller->name_space(1);
        return said && said->blocks * said->block_bytes == 6u << 20;
    });
    report.refuses("nvme", "a name space that is not there", io::Error::no_device, [&] {
        return controller->name_space(identity.name_spaces + 1);
    });
    report.check("nvme", "the same answers, three rounds through its queues", [&] {
        for (unsigned i = 0; i < 3 * nvme::queue_entries; ++i) {
            const auto said = controller->identify();
            if (!said || said->vendor != identity.vendor)
                return false;
        }
        return true;
    });
    report.refuses("nvme", "name space 0, which is none", io::Error::no_device, [&] {
        return controller->name_space(0);
    });
    report.check("nvme", "started while it runs: stopped first, and then its queues are new", [&] {
        auto again = Controller::start(view, dma, clock);
        return again && again->identify().has_value();
    });
}

// Pulled out at any access, its memory stays with it until it has been stopped.
template <io::IoOf<nvme::Bar> View, io::DmaDevice Dma, class Clock>
void check_nvme_removal(Report& report, const View& view, Dma& dma, Clock& clock) {
    LeakKeeper<Dma> keeper{dma};
    const auto stop = [&] { // by a start, which stops it first, and the end of that
        const bool stopped =
            nvme::Controller<View, Dma, Clock>::start(view, dma, clock).has_value();
        keeper.give_back();
        return stopped;
    };
    report.check("nvme", "pulled out at any access, no memory of its own is given back", [&] {
        const auto use = [&]<class Faulty>(const Faulty& faulty) -> io::Result<> {
            using Controller = nvme::Controller<Faulty, LeakKeeper<Dma>, Clock>;
            auto controller = Controller::start(faulty, keeper, clock);
            if (!controller)
                return io::fail(controller.error());
            return controller->identify().transform([](const nvme::Identity&) {});
        };
        return ends_at_any_access<nvme::Bar>(view, use, [&](const io::Result<>& outcome) {
            return (!outcome || keeper.has_leak()) && stop();
        });
    });
}

// Found on the bus, placed, mapped, and the checks of the controller itself.
inline constexpr auto no_more = [](const auto&) {};
template <class Host, class Mapper, io::DmaDevice Dma, class Clock, class More = decltype(no_more)>
void check_pci_nvme(Report& report,
                    const Host& host,
                    pci_assign::Window window,
                    Mapper& mapper,
                    Dma& dma,
                    Clock& clock,
                    More more = no_more) {
    auto bars = io::Result<io::pci::Bars>{io::fail(io::Error::no_device)};
    report.check("nvme", "found on the bus, and placed", [&] {
        const auto address = pci_assign::find(host, nvme_vendor, nvme_device);
        if (!address)
            return false;
        const auto function = host.function(*address);
        if (!function)
            return false;
        const auto cfg = io::ConfigSpace<typename Host::Function, io::pci::Normal>::of(*function);
        if (!cfg)
            return false;
        bars = pci_assign::assign(*cfg, window);
        return bars && bars->bar[0].kind == io::pci::BarKind::memory64;
    });
    if (!bars)
        return;
    const auto resources = io::pci::resources_of(*bars);
    auto bar = io::pci::Bar<nvme::Bar, Mapper>::map(mapper, resources, nvme::bar_number);
    report.check("nvme", "BAR 0 mapped", [&] { return bar.has_value(); });
    if (!bar)
        return;
    check_nvme(report, bar->view(), dma, clock);
    check_nvme_blocks(report, bar->view(), dma, clock);
    more(bar->view());
}

} // namespace hardware
