// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Reading and writing blocks of an NVMe name space: one pair of I/O queues of a controller, one
// command at a time, polled (NVM Express Base Specification 1.4; section numbers are its).
//
//   auto queue = nvme::Queue<View, MyDma, Clock>::create(*controller, bar->view(), dma, clock);
//   auto data = io::Coherent<nvme::Page[], MyDma>::zeroed(dma, 128);
//   auto done = queue->read(1, block, 1024, data->dma_address(), data->size_bytes());

#include "nvme.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace nvme {

// 3.1, SQyTDBL and CQyHDBL of queue 1: where, the controller says.
struct IoTail : io::Register<IoTail, std::uint32_t, io::unlocated, io::wo> {
    IO_FIELDS(bits(15, 0, tail));
};
struct IoHead : io::Register<IoHead, std::uint32_t, io::unlocated, io::wo> {
    IO_FIELDS(bits(15, 0, head));
};
template <class R, unsigned Number>
struct DoorbellAt {
    using Register = R;
    using Block = Bar;
    static constexpr std::size_t end = 0x1000 + Number * (std::size_t{4} << 15) + 4;
    io::Bounded<std::uint64_t, 4> doorbell_stride; // of the capabilities
    constexpr std::size_t offset() const noexcept {
        return 0x1000 + Number * (std::size_t{4} << doorbell_stride);
    }
};

// 5 and 6
inline constexpr std::uint16_t opcode_delete_submission = 0x00;
inline constexpr std::uint16_t opcode_create_submission = 0x01;
inline constexpr std::uint16_t opcode_delete_completion = 0x04;
inline constexpr std::uint16_t opcode_create_completion = 0x05;
inline constexpr std::uint16_t opcode_write = 0x01;
inline constexpr std::uint16_t opcode_read = 0x02;
inline constexpr std::uint32_t contiguous = 1;

inline constexpr unsigned io_entries = 16;
inline constexpr std::uint32_t io_queue = 1;
inline constexpr std::size_t page = 4'096;
struct alignas(page) Page {
    std::uint8_t bytes[page];
};
struct PageAddress { // in two halves, as those of a command
    io::le<std::uint32_t> low;
    io::le<std::uint32_t> high;
};
struct alignas(4'096) IoMemory {
    alignas(4'096) Submission submissions[io_entries];
    alignas(4'096) Completion completions[io_entries];
    alignas(4'096) PageAddress pages[page / sizeof(PageAddress)]; // 4.3: but the first
};
inline constexpr std::size_t most_bytes = (page / sizeof(PageAddress) + 1) * page;

template <class View, class Dma, class Clock>
class Queue {
public:
    using Of = Controller<View, Dma, Clock>;

    // Of the controller, which stays where it is and outlives this, as the others do. Errors are
    // those of commands.
    [[nodiscard]] static io::Result<Queue>
    create(Of& controller, View view, Dma& dma, Clock& clock) {
        const Capabilities able = controller.capabilities();
        if (able.entries_max() < io_entries - 1)
            return io::fail(io::Error::unsupported);
        const auto tail = view.try_view_of(DoorbellAt<IoTail, 2>{able.doorbell_stride()});
        const auto head = view.try_view_of(DoorbellAt<IoHead, 3>{able.doorbell_stride()});
        if (!tail || !head)
            return io::fail(io::Error::out_of_bounds);
        auto memory = io::Coherent<IoMemory, Dma>::zeroed(dma);
        if (!memory)
            return io::fail(memory.error());
        Queue made{controller, clock, *tail, *head, std::move(*memory)};
        if (auto completed = made.command(opcode_create_completion,
                                          IO_PROJECT(made.memory_, completions).dma_address(),
                                          contiguous);
            !completed)
            return io::fail(completed.error());
        made.had_ = 1;
        if (auto submitted = made.command(opcode_create_submission,
                                          IO_PROJECT(made.memory_, submissions).dma_address(),
                                          io_queue << 16 | contiguous);
            !submitted)
            return io::fail(submitted.error());
        made.had_ = 2;
        return io::Result<Queue>{std::move(made)};
    }

    Queue(Queue&& other) noexcept
        : controller_(other.controller_),
          clock_(other.clock_),
          tail_(other.tail_),
          head_(other.head_),
          memory_(std::move(other.memory_)),
          queues_(other.queues_),
          had_(std::exchange(other.had_, 0u)) {}
    Queue& operator=(Queue&&) = delete;
    // The memory is given back when the controller says that it has let go of it, else it stays.
    ~Queue() {
        bool gone = true;
        if (had_ == 2)
            gone = controller_->command(opcode_delete_submission, 0, io_queue, 0).has_value();
        if (gone && had_ >= 1)
            gone = controller_->command(opcode_delete_completion, 0, io_queue, 0).has_value();
        if (!gone)
            std::move(memory_).leak();
    }

    // Blocks of a name space into memory from data on, or from there: whole pages of 4 KiB, of
    // which it takes bytes, the blocks' size times their count. invalid_argument for none or
    // memory that is not so aligned, out_of_bounds for more than a list of pages has, or 65536
    // blocks; io_error by the controller's word (more than it takes at once for one), timed_out or
    // no_device when it does not answer, and busy from then on.
    io::Result<> read(std::uint32_t name_space,
                      std::uint64_t block,
                      std::uint32_t count,
                      io::DmaAddress data,
                      std::size_t bytes) {
        return run(opcode_read, name_space, block, count, data, bytes);
    }
    io::Result<> write(std::uint32_t name_space,
                       std::uint64_t block,
                       std::uint32_t count,
                       io::DmaAddress data,
                       std::size_t bytes) {
        return run(opcode_write, name_space, block, count, data, bytes);
    }

private:
    using Tail = typename decltype(std::declval<View>().try_view_of(
        std::declval<DoorbellAt<IoTail, 2>>()))::value_type;
    using Head = typename decltype(std::declval<View>().try_view_of(
        std::declval<DoorbellAt<IoHead, 3>>()))::value_type;

    Queue(Of& controller,
          Clock& clock,
          Tail tail,
          Head head,
          io::Coherent<IoMemory, Dma> memory) noexcept
        : controller_(&controller),
          clock_(&clock),
          tail_(tail),
          head_(head),
          memory_(std::move(memory)) {}

    // 5.3 and 5.4: the queue's size and its number are where both commands have them.
    io::Result<> command(std::uint16_t opcode, io::DmaAddress at, std::uint32_t dword11) {
        return controller_->command(opcode, at, (io_entries - 1) << 16 | io_queue, dword11);
    }

    // 4.3: the second page, or where the list of the others is.
    io::DmaAddress list_pages(io::DmaAddress data, std::size_t bytes) {
        if (bytes <= page)
            return 0;
        if (bytes <= 2 * page)
            return data + page;
        const auto list = IO_PROJECT(memory_, pages);
        for (std::size_t i = 1; i * page < bytes; ++i) {
            const io::DmaAddress at = data + i * page;
            IO_WRITE(list, try_at(i - 1), low, static_cast<std::uint32_t>(at)).value();
            IO_WRITE(list, try_at(i - 1), high, static_cast<std::uint32_t>(at >> 32)).value();
        }
        return list.dma_address();
    }

    io::Result<> run(std::uint16_t opcode,
                     std::uint32_t name_space,
                     std::uint64_t block,
                     std::uint32_t count,
                     io::DmaAddress data,
                     std::size_t bytes) {
        if (queues_.is_waiting()) // the list of pages may still be read
            return io::fail(io::Error::busy);
        if (count == 0 || bytes == 0 || data % page != 0)
            return io::fail(io::Error::invalid_argument);
        if (count > 0x1'0000 || bytes > most_bytes)
            return io::fail(io::Error::out_of_bounds);
        const io::DmaAddress more = list_pages(data, bytes);
        const auto code = queues_.run(
            memory_,
            [&](const auto& command) {
                IO_WRITE(command, opcode, opcode);
                IO_WRITE(command, name_space, name_space);
                IO_WRITE(command, data_low, static_cast<std::uint32_t>(data));
                IO_WRITE(command, data_high, static_cast<std::uint32_t>(data >> 32));
                IO_WRITE(command, more_low, static_cast<std::uint32_t>(more));
                IO_WRITE(command, more_high, static_cast<std::uint32_t>(more >> 32));
                IO_WRITE(command, dword10, static_cast<std::uint32_t>(block));
                IO_WRITE(command, dword11, static_cast<std::uint32_t>(block >> 32));
                IO_WRITE(command, dword12, count - 1);
            },
            tail_,
            head_,
            [] { return io::Result<>{}; }, // no access of the device while it works
            std::uint64_t{0},
            *clock_);
        if (!code) // no_device says more than timed_out
            return io::fail(code.error() == io::Error::timed_out
                                ? controller_->check().error_or(io::Error::timed_out)
                                : code.error());
        if (*code != 0)
            return io::fail(io::Error::io_error);
        return {};
    }

    Of* controller_;
    Clock* clock_;
    Tail tail_;
    Head head_;
    io::Coherent<IoMemory, Dma> memory_;
    QueuePair<io_entries> queues_;
    unsigned had_ = 0; // queues that the controller has: completion first
};

} // namespace nvme
