// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// An NVMe controller as a double: it starts and stops as its registers say, takes commands from the
// driver's memory, keeps the blocks of one name space, and finds drivers that do things in a wrong
// order. What is public in it makes it a controller that is missing, old, slow, or broken.
//
//   io::testing::FakeDma dma;
//   nvme::Simulated device{dma};
//   auto controller = nvme::Controller<…>::start(device.view(), dma, device.clock);

#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>

#include "nvme_io.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace nvme {

class Simulated {
public:
    // Time that passes when somebody sleeps.
    struct Clock {
        std::uint64_t time = 0; // us
        [[nodiscard]] std::uint64_t now() const noexcept { return time; }
        void sleep_for(std::uint64_t us) noexcept { time += us; }
    };

    // doorbell_stride as in the capabilities; bytes of the BAR.
    explicit Simulated(io::testing::FakeDma& memory,
                       unsigned doorbell_stride = 0,
                       std::size_t bytes = 0x4000)
        : device(bytes),
          capabilities(0x20'0a01'07ff | std::uint64_t{doorbell_stride} << 32),
          memory_(&memory) {
        declare_state();
        for (std::size_t half = 0; half < 2; ++half) {
            device.reg("capabilities", 4 * half).read_only().on_read([=, this](auto&) {
                return capabilities >> (32 * half);
            });
            declare_address("admin submission queue", 0x28 + 4 * half, sent_[0].address, half);
            declare_address("admin completion queue", 0x30 + 4 * half, answered_[0].address, half);
        }
        const std::size_t apart = std::size_t{4} << doorbell_stride;
        for (unsigned n = 0; n < queue_pairs; ++n) {
            const std::size_t first = 0x1000 + 2 * n * apart;
            if (first + 4 <= bytes) {
                device.reg("submission tail", first)
                    .write_only()
                    .on_write([=, this](auto&, auto tail) { take_commands(n, tail); });
            }
            if (first + apart + 4 <= bytes) {
                device.reg("completion head", first + apart)
                    .write_only()
                    .on_write([=, this](auto&, auto head) {
                        if (is_there() && head != answered_[n].next)
                            device.report_failure("completion head: not one entry further");
                    });
            }
        }
    }

    [[nodiscard]] auto view() noexcept { return device.view<Bar>(); }

    // It serves what it was told of and has not served, as one does that was deaf, or slow, and
    // looks at its queues' memory.
    void work_late() {
        for (unsigned n = 0; n < queue_pairs; ++n) {
            serve(n);
            if (sent_[n].entries != 0)
                static_cast<void>(at(sent_[n].address, 64));
            if (answered_[n].entries != 0)
                static_cast<void>(at(answered_[n].address, 64));
        }
    }

    io::testing::Device device;
    Clock clock;
    std::uint64_t capabilities; // 2,048 entries, 5 s, the NVM command set, pages of 4 KiB
    std::uint32_t version = 0x0001'0400;
    std::uint16_t vendor = 0x1b36;
    std::string serial = "0123456789";
    std::string model = "a controller";
    std::uint32_t name_spaces = 1;
    std::uint64_t blocks = 0x1'0000'0002; // of name space 1
    std::uint8_t block_shift = 12;
    std::uint8_t most_shift = 7; // pages that a command may move, 1 << this; 0 for any
    // blocks of name space 1, by number; others are zero
    std::map<std::uint64_t, std::vector<std::uint8_t>> kept;
    bool starts = true;
    bool stops = true;
    std::uint64_t starts_late_by = 0; // us
    std::uint64_t stops_late_by = 0;
    bool breaks = false;        // when it is started, or at the next command
    bool recovers = true;       // from that, by its reset
    bool is_pulled_out = false; // once it is enabled
    bool works = true;          // looks at its queue when it is told to
    std::uint16_t says = 0;     // status code of each command
    std::uint16_t id_off_by = 0;

    static constexpr unsigned queue_pairs = 4; // with the admin queues, which are the first

private:
    // A queue; there is none where it has no entries.
    struct Ring {
        std::uint64_t address = 0;
        std::uint32_t entries = 0;
        std::uint32_t next = 0; // entry of the controller's
    };
    struct Sent : Ring {
        std::uint32_t rung = 0; // by the driver, up to where
        std::uint32_t answered_in = 0;
    };
    struct Answered : Ring {
        unsigned phase = 1;
    };

    // Pulled out it reads as all ones, and nothing that is written arrives.
    [[nodiscard]] bool is_there() const { return !is_pulled_out || !was_enabled_; }

    void declare_state() {
        device.reg<Version>("version").on_read([this](auto&) { return version; });
        status_ = &device.reg<Status>("status").on_read([this](auto& value) {
            if (starting_ && starts && clock.time >= ready_at_)
                value |= 1;
            if (stopping_ && stops && clock.time >= stopped_at_)
                let_go(value);
            starting_ = starting_ && (value & 1) == 0;
            return is_there() ? value : 0xffff'ffff;
        });
        sizes_ = &device.reg<AdminSizes>("admin sizes");
        device.reg<Config>("config")
            .on_read([this](auto& value) { return is_there() ? value : 0xffff'ffff; })
            .on_write([this](auto& value, auto written) {
                if (!is_there())
                    return;
                const bool was = enabled_;
                enabled_ = (written & 1) != 0;
                value = written;
                if (enabled_ && !was)
                    start(written);
                else if (!enabled_ && was)
                    reset(value);
            });
    }
    void
    declare_address(const char* name, std::size_t at, std::uint64_t& address, std::size_t half) {
        device.reg(name, at).on_write([=, this, &address](auto& value, auto written) {
            if (enabled_)
                return device.report_failure(std::string{name} + ": changed while it is enabled");
            value = written;
            address &= 0xffff'ffffull << (32 * (1 - half));
            address |= written << (32 * half);
        });
    }

    // 3.1.5: the admin queues' registers stay.
    void reset(std::uint64_t& config) {
        if ((status_->value() & 3) == 0)
            device.report_failure("config: disabled before it was ready, with undefined results");
        config = 0;
        starting_ = false;
        stopping_ = true;
        stopped_at_ = clock.time + stops_late_by;
    }
    // From here on it touches no memory.
    void let_go(std::uint64_t& status) {
        status = recovers ? 0 : status & 2;
        stopping_ = false;
        forget_queues();
    }
    void forget_queues() {
        for (unsigned n = 0; n < queue_pairs; ++n) { // the admin queues' addresses are registers
            sent_[n] = {{n == 0 ? sent_[0].address : 0}};
            answered_[n] = {{n == 0 ? answered_[0].address : 0}};
        }
    }
    void start(std::uint64_t config) {
        if ((config >> 16 & 0xff) != 0x46)
            device.report_failure("config: entries of 64 and 16 bytes are wanted");
        if (sent_[0].address % page != 0 || answered_[0].address % page != 0)
            device.report_failure("config: queues that are not whole pages");
        if (status_->value() != 0)
            device.report_failure("config: enabled before it has stopped");
        forget_queues();
        sent_[0].entries = static_cast<std::uint32_t>(sizes_->value() & 0xfff) + 1;
        answered_[0].entries = static_cast<std::uint32_t>(sizes_->value() >> 16 & 0xfff) + 1;
        was_enabled_ = true;
        if (breaks)
            return void(status_->holds(2));
        starting_ = true;
        ready_at_ = clock.time + starts_late_by;
    }

    // The driver's memory, null after a failure.
    std::byte* at(std::uint64_t address, std::size_t count) {
        auto* const place = memory_->device_pointer(address, count);
        if (place == nullptr)
            device.report_failure("DMA: nothing is allocated there");
        return place;
    }

    void take_commands(unsigned number, std::uint64_t tail) {
        if (!is_there())
            return;
        if (status_->value() != 1)
            return device.report_failure("submission tail: it is not ready");
        if (tail >= sent_[number].entries)
            return device.report_failure("submission tail: past the queue");
        if (breaks)
            return void(status_->holds(3));
        sent_[number].rung = static_cast<std::uint32_t>(tail);
        if (works)
            serve(number);
    }
    void serve(unsigned number) {
        Sent& queue = sent_[number];
        while (queue.entries != 0 && queue.next != queue.rung) {
            Submission command{};
            if (const auto* from = at(queue.address + 64 * queue.next, 64))
                std::memcpy(&command, from, 64);
            queue.next = (queue.next + 1) % queue.entries;
            Completion answer{};
            answer.submissions_taken = static_cast<std::uint16_t>(queue.next);
            answer.queue = static_cast<std::uint16_t>(number);
            answer.id = static_cast<std::uint16_t>(command.id.value() + id_off_by);
            const unsigned code = says != 0     ? says
                                  : number == 0 ? administer(command)
                                                : move_blocks(command);
            Answered& answers = answered_[queue.answered_in];
            answer.status = static_cast<std::uint16_t>(code << 1 | answers.phase);
            if (auto* to = at(answers.address + 16 * answers.next, 16))
                std::memcpy(to, &answer, 16);
            answers.next = (answers.next + 1) % answers.entries;
            if (answers.next == 0)
                answers.phase ^= 1;
        }
    }

    // Of what follows, the status codes (4.6.1.2).
    static constexpr unsigned invalid_opcode = 0x001;
    static constexpr unsigned invalid_field = 0x002;
    static constexpr unsigned transfer_error = 0x004;
    static constexpr unsigned invalid_page_offset = 0x013;
    static constexpr unsigned past_the_last = 0x080;
    static constexpr unsigned invalid_completion_queue = 0x100;
    static constexpr unsigned invalid_number = 0x101;
    static constexpr unsigned invalid_size = 0x102;
    static constexpr unsigned invalid_deletion = 0x10c;

    static std::uint64_t both(const io::le<std::uint32_t>& low, const io::le<std::uint32_t>& high) {
        return std::uint64_t{high} << 32 | low;
    }

    unsigned administer(const Submission& command) {
        const std::uint32_t number = command.dword10 & 0xffff;
        switch (command.opcode) {
        case opcode_identify:
            return identify(command);
        case opcode_create_completion:
            return create(command, answered_);
        case opcode_create_submission: {
            const std::uint32_t answers = command.dword11 >> 16;
            if (answers == 0 || !has(answered_, answers))
                return invalid_completion_queue;
            const unsigned code = create(command, sent_);
            if (code == 0)
                sent_[number].answered_in = answers;
            return code;
        }
        case opcode_delete_submission:
            if (number == 0 || !has(sent_, number))
                return invalid_number;
            sent_[number] = {};
            return 0;
        case opcode_delete_completion:
            if (number == 0 || !has(answered_, number))
                return invalid_number;
            if (std::any_of(std::begin(sent_), std::end(sent_), [&](const Sent& queue) {
                    return queue.entries != 0 && queue.answered_in == number;
                }))
                return invalid_deletion;
            answered_[number] = {};
            return 0;
        }
        return invalid_opcode;
    }
    template <class Queue>
    static bool has(const Queue (&queues)[queue_pairs], std::uint32_t number) {
        return number < queue_pairs && queues[number].entries != 0;
    }
    // 5.3 and 5.4. Memory in pieces is not known to it, as CAP.CQR says.
    template <class Queue>
    unsigned create(const Submission& command, Queue (&queues)[queue_pairs]) {
        const std::uint32_t number = command.dword10 & 0xffff;
        const std::uint32_t entries = (command.dword10 >> 16) + 1;
        if (number == 0 || number >= queue_pairs || has(queues, number))
            return invalid_number;
        if (entries < 2 || entries > (capabilities & 0xffff) + 1)
            return invalid_size;
        if (both(command.data_low, command.data_high) % page != 0)
            return invalid_page_offset;
        if ((command.dword11 & contiguous) == 0)
            return invalid_field;
        queues[number] = {};
        queues[number].address = both(command.data_low, command.data_high);
        queues[number].entries = entries;
        return 0;
    }

    // 6.9, Read, and 6.15, Write
    unsigned move_blocks(const Submission& command) {
        if (command.opcode != opcode_read && command.opcode != opcode_write)
            return invalid_opcode;
        if (command.name_space == 0 || command.name_space > name_spaces)
            return no_such_name_space;
        if (command.name_space != 1)
            return invalid_field; // not in use
        const std::uint64_t first = both(command.dword10, command.dword11);
        const std::uint64_t count = (command.dword12 & 0xffff) + 1;
        const std::size_t bytes = static_cast<std::size_t>(count << block_shift);
        if (most_shift != 0 && bytes > page << most_shift)
            return invalid_field;
        if (first > blocks || count > blocks - first)
            return past_the_last;
        std::vector<Piece> pieces;
        if (const unsigned code = find_pieces(command, bytes, pieces); code != 0)
            return code;
        std::vector<std::uint8_t> data(bytes);
        if (command.opcode == opcode_read)
            each_block(first, data, [](const auto& block, auto* to) {
                std::copy(block.begin(), block.end(), to);
            });
        std::size_t done = 0;
        for (const Piece& piece : pieces) {
            auto* const memory = at(piece.address, piece.bytes);
            if (memory == nullptr)
                return transfer_error;
            if (command.opcode == opcode_read)
                std::memcpy(memory, data.data() + done, piece.bytes);
            else
                std::memcpy(data.data() + done, memory, piece.bytes);
            done += piece.bytes;
        }
        if (command.opcode == opcode_write)
            each_block(first, data, [](auto& block, const auto* from) {
                block.assign(from, from + block.size());
            });
        return 0;
    }
    // f(block, its place in data)
    template <class F>
    void each_block(std::uint64_t first, std::vector<std::uint8_t>& data, F f) {
        for (std::size_t i = 0; i << block_shift < data.size(); ++i) {
            auto& block = kept[first + i];
            block.resize(std::size_t{1} << block_shift);
            f(block, data.data() + (i << block_shift));
        }
    }

    // 4.3: where the data is. The first page may begin anywhere, the second is named beside it or
    // in a list, whose last entry in a page says where the list goes on, if it does.
    struct Piece {
        std::uint64_t address;
        std::size_t bytes;
    };
    unsigned find_pieces(const Submission& command, std::size_t bytes, std::vector<Piece>& found) {
        const std::uint64_t first = both(command.data_low, command.data_high);
        std::uint64_t more = both(command.more_low, command.more_high);
        if (first % 4 != 0)
            return invalid_page_offset;
        std::size_t rest = bytes;
        const auto take = [&](std::uint64_t address) {
            const std::size_t here =
                std::min(rest, page - static_cast<std::size_t>(address % page));
            found.push_back({address, here});
            rest -= here;
        };
        take(first);
        const bool has_list = rest > page;
        while (rest != 0) {
            io::le<std::uint64_t> entry = more;
            if (has_list) {
                const auto* const from = more % 8 == 0 ? at(more, 8) : nullptr;
                if (from == nullptr)
                    return more % 8 == 0 ? transfer_error : invalid_page_offset;
                std::memcpy(&entry, from, 8);
            }
            if (entry % page != 0)
                return invalid_page_offset;
            if (has_list && (more + 8) % page == 0 && rest > page) {
                more = entry;
                continue;
            }
            take(entry);
            more += 8;
        }
        return 0;
    }

    unsigned identify(const Submission& command) {
        auto* const to = at(both(command.data_low, command.data_high), sizeof(ControllerData));
        if (to == nullptr)
            return transfer_error;
        if (command.dword10 == static_cast<std::uint32_t>(Identify::controller)) {
            ControllerData data{};
            data.vendor = vendor;
            data.name_spaces = name_spaces;
            data.more[13] = most_shift; // byte 77, MDTS
            fill(data.serial, serial);
            fill(data.model, model);
            std::memcpy(to, &data, sizeof data);
            return 0;
        }
        if (command.name_space == 0 || command.name_space > name_spaces)
            return no_such_name_space;
        NameSpaceData data{};
        if (command.name_space == 1) {
            data.blocks_low = static_cast<std::uint32_t>(blocks);
            data.blocks_high = static_cast<std::uint32_t>(blocks >> 32);
            data.format = 0x13; // what is above bits 3:0 is none of it
            data.formats[3].size_shift = block_shift;
        }
        std::memcpy(to, &data, sizeof data);
        return 0;
    }
    template <std::size_t N>
    static void fill(std::uint8_t (&to)[N], const std::string& text) {
        for (std::size_t i = 0; i < N; ++i)
            to[i] = i < text.size() ? static_cast<std::uint8_t>(text[i]) : ' ';
    }

    io::testing::FakeDma* memory_;
    io::testing::DeviceRegister* status_ = nullptr;
    io::testing::DeviceRegister* sizes_ = nullptr;
    Sent sent_[queue_pairs];
    Answered answered_[queue_pairs];
    std::uint64_t ready_at_ = 0;
    std::uint64_t stopped_at_ = 0;
    bool enabled_ = false;
    bool was_enabled_ = false;
    bool starting_ = false;
    bool stopping_ = false;
};

} // namespace nvme
