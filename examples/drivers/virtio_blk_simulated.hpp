// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A disk behind virtio-mmio as a double: it answers as the transport says, walks the queue in the
// driver's memory, and finds drivers that do things in a wrong order. What is public in it makes it
// a device that is missing, old, small, or broken.
//
//   io::testing::FakeDma dma;
//   virtio_blk::Simulated disk{dma, 64};
//   auto started = virtio_blk::Disk<…>::start(disk.view(), dma, disk.clock);

#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>

#include "virtio_blk.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <vector>

namespace virtio_blk {

class Simulated {
public:
    // Time that passes when somebody sleeps.
    struct Clock {
        std::uint64_t time = 0; // us
        std::function<void()> on_sleep;
        [[nodiscard]] std::uint64_t now() const noexcept { return time; }
        void sleep_for(std::uint64_t us) {
            time += us;
            if (on_sleep)
                on_sleep();
        }
    };

    Simulated(io::testing::FakeDma& memory, std::uint64_t sectors)
        : bytes(static_cast<std::size_t>(sectors) * sector_bytes),
          sectors_said(sectors),
          memory_(&memory) {
        declare_identity();
        declare_features();
        declare_queue();
        declare_configuration();
        clock.on_sleep = [this] {
            if (looks_anyway && works && queue_.ready && (status_->value() & 0x4) != 0)
                look_at_queue();
        };
    }
    Simulated(const Simulated&) = delete;
    Simulated& operator=(const Simulated&) = delete;

    [[nodiscard]] auto view() noexcept { return device.view<virtio::Mmio>(); }

    // It serves what it was offered and has not served, as one does that was deaf, or slow.
    void work_late() {
        if (queue_.ready)
            serve_all();
    }

    // From now on it looks at its queue when it is told to, and says so before the last look.
    void stop_looking() {
        looks_anyway = false;
        look_at_queue();
    }

    io::testing::Device device{io::min_size_of<virtio::Mmio>};
    Clock clock;
    std::vector<unsigned char> bytes; // of the disk
    std::uint64_t sectors_said;       // more than there are: the disk ends early
    std::uint32_t magic = virtio::magic;
    std::uint32_t version = 2;
    std::uint32_t id = static_cast<std::uint32_t>(virtio::DeviceId::block);
    std::uint32_t queue_max = 1'024;
    std::uint64_t offered = virtio::feature_version_1 | 0x3000'0244;
    bool ends_its_reset = true;
    std::uint64_t reset_takes = 0; // us
    bool takes_features = true;
    bool works = true;           // looks at its queue when it is told to
    bool looks_anyway = false;   // by itself, while others sleep, and wants no notification
    bool capacity_moves = false; // a new generation at each look
    bool breaks = false;         // instead of serving a request it wants to be reset
    std::uint16_t index_off_by = 0;
    std::uint32_t id_off_by = 0;
    std::uint32_t length_off_by = 0;
    std::uint64_t agreed = 0;   // features that the driver took
    std::uint32_t notified = 0; // how often

private:
    void declare_identity() {
        using virtio::Magic;
        device.reg<Magic>("magic").on_read([this](auto&) { return magic; });
        device.reg<virtio::Version>("version").on_read([this](auto&) { return version; });
        device.reg<virtio::Device>("device id").on_read([this](auto&) { return id; });
        status_ = &device.reg<virtio::Status>("status")
                       .on_write([this](auto& value, auto written) { new_status(value, written); })
                       .on_read([this](auto& value) {
                           if (value == 0x40 && clock.time >= reset_until_ && ends_its_reset)
                               end_reset(value);
                           return value;
                       });
    }
    // Until it has ended, it may still write.
    void end_reset(std::uint64_t& status) {
        status = 0;
        queue_ = {};
        agreed = 0;
    }
    void new_status(std::uint64_t& value, std::uint64_t written) {
        if (written == 0) {
            value = 0x40;
            reset_until_ = clock.time + reset_takes;
            return;
        }
        if ((written & status_->before()) != status_->before())
            device.report_failure("status: bits are only added until the reset");
        if ((written & 0x8) != 0 && !takes_features)
            written &= ~std::uint64_t{0x8};
        if ((written & 0x4) != 0 && ((written & 0x8) == 0 || !queue_.ready))
            device.report_failure("status: driver ok before features and queue are");
        value = written;
    }

    void declare_features() {
        device_word_ = &device.reg<virtio::DeviceFeaturesSel>("device features sel");
        device.reg<virtio::DeviceFeatures>("device features").on_read([this](auto&) {
            return device_word_->value() < 2 ? offered >> (32 * device_word_->value()) : 0;
        });
        driver_word_ = &device.reg<virtio::DriverFeaturesSel>("driver features sel");
        device.reg<virtio::DriverFeatures>("driver features").on_write([this](auto&, auto written) {
            if (driver_word_->value() < 2)
                agreed |= written << (32 * driver_word_->value());
            if ((agreed & ~offered) != 0)
                device.report_failure("driver features: one that was not offered");
        });
    }

    void declare_queue() {
        device.reg<virtio::QueueSel>("queue sel");
        device.reg<virtio::QueueNumMax>("queue num max").on_read([this](auto&) {
            return queue_max;
        });
        device.reg<virtio::QueueNum>("queue num").on_write([this](auto&, auto written) {
            queue_.entries = static_cast<std::uint32_t>(written);
        });
        device.reg<virtio::QueueReady>("queue ready")
            .on_read([this](auto&) { return queue_.ready ? 1u : 0u; })
            .on_write([this](auto&, auto written) {
                queue_.ready = written == 1;
                if (queue_.ready)
                    say_what_is_wanted();
            });
        for (std::size_t part = 0; part < 3; ++part) {
            for (std::size_t half = 0; half < 2; ++half) {
                device.reg("queue address", 0x80 + 0x10 * part + 4 * half)
                    .write_only()
                    .on_write([=, this](auto&, auto written) {
                        queue_.address[part] |= written << (32 * half);
                    });
            }
        }
        device.reg<virtio::QueueNotify>("queue notify").on_write([this](auto&, auto) {
            ++notified;
            if (works)
                look_at_queue();
        });
    }

    void declare_configuration() {
        device.reg<virtio::ConfigGeneration>("config generation").on_read([this](auto& value) {
            return capacity_moves ? value++ : value;
        });
        device.reg("capacity low", 0x100).read_only().on_read([this](auto&) {
            return sectors_said & 0xffff'ffff;
        });
        device.reg("capacity high", 0x104).read_only().on_read([this](auto&) {
            return sectors_said >> 32;
        });
    }

    // The driver's memory, null after a failure.
    unsigned char* at(std::uint64_t address, std::size_t count) {
        auto* const place = memory_->device_pointer(address, count);
        if (place == nullptr)
            device.report_failure("DMA: nothing is allocated there");
        return reinterpret_cast<unsigned char*>(place);
    }
    template <class T>
    T load(std::uint64_t address) {
        T value{};
        if (const auto* place = at(address, sizeof(T)))
            std::memcpy(&value, place, sizeof(T));
        return value;
    }
    template <class T>
    void store(std::uint64_t address, T value) {
        if (auto* place = at(address, sizeof(T)))
            std::memcpy(place, &value, sizeof(T));
    }

    void look_at_queue() {
        if ((status_->value() & 0x4) == 0)
            return device.report_failure("queue notify: before driver ok");
        if (breaks)
            status_->holds(status_->value() | 0x40);
        else
            serve_all();
    }
    void serve_all() {
        const std::uint16_t end = load<io::le<std::uint16_t>>(queue_.address[1] + 2);
        while (queue_.seen != end) {
            const std::uint32_t slot = queue_.seen % queue_.entries;
            const std::uint16_t head =
                load<io::le<std::uint16_t>>(queue_.address[1] + 4 + 2 * slot);
            const std::uint32_t written = serve(head) + length_off_by;
            store(queue_.address[2] + 4 + 8 * slot, virtio::UsedEntry{head + id_off_by, written});
            ++queue_.seen;
            store(queue_.address[2] + 2, io::le<std::uint16_t>(queue_.seen + index_off_by));
            check_interrupts();
        }
        say_what_is_wanted();
    }
    [[nodiscard]] bool has_event_index() const {
        return (agreed & virtio::feature_event_index) != 0;
    }
    // 2.7.10: of the next entry, or of none.
    void say_what_is_wanted() {
        const auto event = static_cast<std::uint16_t>(queue_.seen - (looks_anyway ? 1 : 0));
        if (has_event_index())
            store(queue_.address[2] + 4 + 8 * queue_.entries, io::le<std::uint16_t>(event));
        else
            store(queue_.address[2],
                  io::le<std::uint16_t>(looks_anyway ? virtio::no_notification : std::uint16_t{0}));
    }
    // 2.7.7: who asks for none gets none, and says it in the one way that was agreed on.
    void check_interrupts() {
        const std::uint16_t flags = load<io::le<std::uint16_t>>(queue_.address[1]);
        const std::uint16_t event =
            load<io::le<std::uint16_t>>(queue_.address[1] + 4 + 2 * queue_.entries);
        if (has_event_index() ? virtio::passes(event, queue_.seen - 1, queue_.seen) : flags == 0)
            device.report_failure("queue: an interrupt that nobody takes");
        if (has_event_index() && flags != 0)
            device.report_failure("available flags: not zero, with event indices");
    }
    virtio::Descriptor descriptor(std::uint32_t i) {
        return load<virtio::Descriptor>(queue_.address[0] + 16 * i);
    }
    static std::uint64_t address_of(const virtio::Descriptor& entry) {
        return std::uint64_t{entry.address_high} << 32 | entry.address_low;
    }

    // A chain of three: header, data, status. Bytes written to the driver's memory.
    std::uint32_t serve(std::uint16_t head) {
        const auto header = descriptor(head);
        const auto data = descriptor(header.next);
        const auto status = descriptor(data.next);
        if (header.length != header_bytes || (header.flags & 1) == 0 || (data.flags & 1) == 0 ||
            status.length != 1 || status.flags != virtio::device_writes) {
            device.report_failure("queue: no chain of header, data and status");
            return 0;
        }
        const auto request = load<Request>(address_of(header));
        const std::uint64_t first =
            (std::uint64_t{request.sector_high} << 32 | request.sector_low) * sector_bytes;
        const std::uint32_t count = data.length;
        const bool reading = request.type == static_cast<std::uint32_t>(Type::read);
        Outcome outcome = Outcome::ok;
        if (reading != ((data.flags & virtio::device_writes) != 0))
            device.report_failure("queue: the direction is not that of the request");
        if (first > bytes.size() || count > bytes.size() - first)
            outcome = Outcome::io_error;
        else if (auto* place = at(address_of(data), count))
            std::memcpy(reading ? place : bytes.data() + first,
                        reading ? bytes.data() + first : place,
                        count);
        store(address_of(status), static_cast<std::uint8_t>(outcome));
        return reading && outcome == Outcome::ok ? count + 1 : 1;
    }

    struct State {
        bool ready = false;
        std::uint32_t entries = 0;
        std::uint64_t address[3]{}; // descriptors, available, used
        std::uint16_t seen = 0;
    };

    io::testing::FakeDma* memory_;
    io::testing::DeviceRegister* status_ = nullptr;
    io::testing::DeviceRegister* device_word_ = nullptr;
    io::testing::DeviceRegister* driver_word_ = nullptr;
    State queue_;
    std::uint64_t reset_until_ = 0;
};

} // namespace virtio_blk
