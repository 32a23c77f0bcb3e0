// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// An NVMe controller as a double: it starts and stops as its registers say, takes commands from the
// driver's memory, and finds drivers that do things in a wrong order. What is public in it makes it
// a controller that is missing, old, slow, or broken.
//
//   io::testing::FakeDma dma;
//   nvme::Simulated device{dma};
//   auto controller = nvme::Controller<…>::start(device.view(), dma, device.clock);

#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>

#include "nvme.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

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
            declare_address("admin submission queue", 0x28 + 4 * half, submissions_, half);
            declare_address("admin completion queue", 0x30 + 4 * half, completions_, half);
        }
        const std::size_t second =
            CompletionHeadAt{Capabilities::from_raw(capabilities).doorbell_stride()}.offset();
        device.reg<SubmissionTail>("submission tail").on_write([this](auto&, auto tail) {
            take_commands(tail);
        });
        if (second + 4 <= bytes) {
            device.reg("completion head", second).write_only().on_write([this](auto&, auto head) {
                if (head != head_)
                    device.report_failure("completion head: not one entry further");
            });
        }
    }

    [[nodiscard]] auto view() noexcept { return device.view<Bar>(); }

    // It serves what it was told of and has not served, as one does that was deaf, or slow, and
    // looks at its queues' memory.
    void work_late() {
        if (!has_queues_)
            return;
        serve_all();
        for (const std::uint64_t queue : {submissions_, completions_})
            static_cast<void>(at(queue, 64));
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

private:
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
        stopping_ = has_queues_ = false;
    }
    void start(std::uint64_t config) {
        if ((config >> 16 & 0xff) != 0x46)
            device.report_failure("config: entries of 64 and 16 bytes are wanted");
        if (submissions_ % 4'096 != 0 || completions_ % 4'096 != 0)
            device.report_failure("config: queues that are not whole pages");
        if (status_->value() != 0)
            device.report_failure("config: enabled before it has stopped");
        tail_ = head_ = rung_ = 0;
        phase_ = 1;
        has_queues_ = was_enabled_ = true;
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

    void take_commands(std::uint64_t tail) {
        if (!is_there())
            return;
        if (status_->value() != 1)
            return device.report_failure("submission tail: it is not ready");
        const auto entries = (sizes_->value() & 0xfff) + 1;
        if (tail >= entries || (sizes_->value() >> 16) + 1 != entries)
            return device.report_failure("submission tail: past the queue");
        if (breaks)
            return void(status_->holds(3));
        rung_ = tail;
        if (works)
            serve_all();
    }
    void serve_all() {
        const auto entries = (sizes_->value() & 0xfff) + 1;
        while (tail_ != rung_) {
            Submission command;
            if (const auto* from = at(submissions_ + 64 * tail_, 64))
                std::memcpy(&command, from, 64);
            tail_ = (tail_ + 1) % entries;
            Completion answer{};
            answer.submissions_taken = static_cast<std::uint16_t>(tail_);
            answer.id = static_cast<std::uint16_t>(command.id.value() + id_off_by);
            const unsigned code = says != 0 ? says : identify(command);
            answer.status = static_cast<std::uint16_t>(code << 1 | phase_);
            if (auto* to = at(completions_ + 16 * head_, 16))
                std::memcpy(to, &answer, 16);
            head_ = (head_ + 1) % entries;
            if (head_ == 0)
                phase_ ^= 1;
        }
    }

    // The status code.
    unsigned identify(const Submission& command) {
        if (command.opcode != opcode_identify)
            return 1; // invalid opcode
        auto* const to =
            at(std::uint64_t{command.data_high} << 32 | command.data_low, sizeof(ControllerData));
        if (to == nullptr)
            return 4; // data transfer error
        if (command.dword10 == static_cast<std::uint32_t>(Identify::controller)) {
            ControllerData data{};
            data.vendor = vendor;
            data.name_spaces = name_spaces;
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
    std::uint64_t submissions_ = 0;
    std::uint64_t completions_ = 0;
    std::uint64_t tail_ = 0;
    std::uint64_t head_ = 0;
    unsigned phase_ = 1;
    std::uint64_t rung_ = 0;
    std::uint64_t ready_at_ = 0;
    std::uint64_t stopped_at_ = 0;
    bool enabled_ = false;
    bool was_enabled_ = false;
    bool starting_ = false;
    bool stopping_ = false;
    bool has_queues_ = false; // and reads and writes them as it likes
};

} // namespace nvme
