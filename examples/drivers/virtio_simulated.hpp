// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What doubles of virtio have in common: a device that answers as its transport says, walks queue 0
// in the driver's memory, and finds drivers that do things in a wrong order. What is public in it
// makes it a device that is missing, old, small, or broken. A device derives from it, and serves
// the requests.
//
//   io::testing::FakeDma dma;
//   virtio_rng::Simulated random{dma, virtio::Behind::pci};
//   const auto found = virtio::find_structures(random.config());
//   const auto transport = virtio::over_pci(*found, random.bars());

#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>
#include <ioview/testing/pci.hpp>

#include "virtio_mmio.hpp"
#include "virtio_pci.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <type_traits>

namespace virtio {

enum class Behind { mmio, pci };

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

    Simulated(const Simulated&) = delete;
    Simulated& operator=(const Simulated&) = delete;
    virtual ~Simulated() = default;

    // Behind mmio.
    [[nodiscard]] auto view() noexcept { return device.view<Mmio>(); }
    // Behind pci: configuration space, and the one BAR that has all of it, as a view of that type.
    [[nodiscard]] auto config() const noexcept {
        return *io::ConfigSpace<io::testing::PciFunction, io::pci::Normal>::of(function);
    }
    static constexpr unsigned bar_number = 4;
    template <class View>
    static auto only_bar(View view) {
        return [view](unsigned number) -> io::Result<View> {
            if (number != bar_number)
                return io::fail(io::Error::no_device);
            return view;
        };
    }
    [[nodiscard]] auto bars() noexcept { return only_bar(device.view<io::Region<>>()); }

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

    // Where the structures are in the BAR; a step of the doorbell's is 4 bytes, and it has three.
    static constexpr std::size_t isr_at = 0x100;
    static constexpr std::size_t config_at = 0x200;
    static constexpr std::size_t notify_at = 0x300;
    static constexpr std::size_t bar_bytes = 0x400;
    static constexpr std::size_t steps = 3;

    io::testing::Device device;
    io::testing::PciFunction function{256};
    Clock clock;
    std::uint32_t magic = virtio::magic;
    std::uint32_t version = 2;
    std::uint32_t id; // behind mmio
    std::uint32_t queue_max = 1'024;
    std::uint64_t offered = feature_version_1 | 0x3000'0244;
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
    std::uint16_t vectors = 2;  // of MSI-X, behind pci
    std::uint32_t interrupts = 0;

protected:
    Simulated(io::testing::FakeDma& memory, DeviceId device_id, Behind behind)
        : device(behind == Behind::pci ? bar_bytes : io::min_size_of<Mmio>),
          id(static_cast<std::uint32_t>(device_id)),
          memory_(&memory) {
        if (behind == Behind::pci) {
            declare_function(device_id);
            declare<OverPci<io::testing::DeviceView<io::Region<>>>>();
            device.reg("isr", isr_at, 1).read_only();
            device.reg("queue notify off", 0x1e, 2).read_only().holds(steps);
            device.reg<pci::QueueVector>("queue vector")
                .on_read([this](auto&) { return queue_.vector; })
                .on_write([this](auto&, auto written) {
                    queue_.vector =
                        written < vectors ? static_cast<std::uint16_t>(written) : pci::no_vector;
                });
            declare_notify(notify_at + 4 * steps, 2);
        } else {
            declare_identity();
            declare<OverMmio<io::testing::DeviceView<Mmio>>>();
            declare_notify(0x50, 4);
        }
        clock.on_sleep = [this] {
            if (looks_anyway && works && queue_.ready && (status_->value() & 0x4) != 0)
                look_at_queue();
        };
    }

    // Of the device itself, by offset into its configuration.
    io::testing::DeviceRegister& config_register(const char* name, std::size_t offset) {
        const bool is_pci = device.size_bytes() == bar_bytes;
        return device.reg(name, (is_pci ? config_at : 0x100) + offset).read_only();
    }

    // The chain that begins with this descriptor; bytes written to the driver's memory.
    virtual std::uint32_t serve(std::uint16_t head) = 0;

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

    Descriptor descriptor(std::uint32_t i) { return load<Descriptor>(queue_.address[0] + 16 * i); }
    static std::uint64_t address_of(const Descriptor& entry) {
        return std::uint64_t{entry.address_high} << 32 | entry.address_low;
    }

private:
    void declare_identity() {
        device.reg<Magic>("magic").on_read([this](auto&) { return magic; });
        device.reg<Version>("version").on_read([this](auto&) { return version; });
        device.reg<virtio::Device>("device id").on_read([this](auto&) { return id; });
    }
    void declare_function(DeviceId device_id) {
        function.identify(pci_vendor, pci_device(device_id), 0xff'0000)
            .memory64_bar(bar_number, 0xfe00'0000, bar_bytes);
        const std::size_t places[] = {0, notify_at, isr_at, config_at};
        const std::size_t sizes[] = {io::min_size_of<pci::Common>, 0x100, 1, 0x100};
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t at = 0x40 + 0x18 * i;
            function.capability(at, StructureCapability::id, 0x14)
                .put(at + 2, i == 1 ? 0x14 : 0x10, 1)
                .put(at + 3, static_cast<std::uint32_t>(i + 1), 1)
                .put(at + 4, bar_number, 1)
                .put(at + 8, static_cast<std::uint32_t>(places[i]), 4)
                .put(at + 12, static_cast<std::uint32_t>(sizes[i]), 4);
            if (i == 1)
                function.put(at + 16, 4, 4);
        }
    }

    template <class T>
    void declare() {
        status_ = &device.reg<typename T::Status>("status")
                       .on_write([this](auto& value, auto written) { new_status(value, written); })
                       .on_read([this](auto& value) {
                           if (value == 0x40 && clock.time >= reset_until_ && ends_its_reset)
                               end_reset(value);
                           return value;
                       });
        device.reg<typename T::ConfigGeneration>("config generation").on_read([this](auto& value) {
            return capacity_moves ? value++ : value;
        });
        declare_features<T>();
        declare_queue<T>();
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

    template <class T>
    void declare_features() {
        device_word_ = &device.reg<typename T::DeviceFeaturesSel>("device features sel");
        device.reg<typename T::DeviceFeatures>("device features").on_read([this](auto&) {
            return device_word_->value() < 2 ? offered >> (32 * device_word_->value()) : 0;
        });
        driver_word_ = &device.reg<typename T::DriverFeaturesSel>("driver features sel");
        device.reg<typename T::DriverFeatures>("driver features")
            .on_write([this](auto&, auto written) {
                if (driver_word_->value() < 2)
                    agreed |= written << (32 * driver_word_->value());
                if ((agreed & ~offered) != 0)
                    device.report_failure("driver features: one that was not offered");
            });
    }

    template <class T>
    void declare_queue() {
        auto& selected = device.reg<typename T::QueueSel>("queue sel");
        using Num = typename T::QueueNum;
        auto& entries = device.reg<Num>("queue num").on_write([this](auto&, auto written) {
            queue_.entries = static_cast<std::uint32_t>(written);
        });
        using NumMax = typename T::QueueNumMax;
        auto* most = &entries;
        if constexpr (!std::is_same_v<Num, NumMax>)
            most = &device.reg<NumMax>("queue num max");
        most->on_read([this, &selected](auto&) { return selected.value() == 0 ? queue_max : 0u; });
        device.reg<typename T::QueueReady>("queue ready")
            .on_read([this](auto&) { return queue_.ready ? 1u : 0u; })
            .on_write([this](auto&, auto written) {
                queue_.ready = written == 1;
                if (queue_.ready)
                    say_what_is_wanted();
            });
        declare_addresses<typename T::QueueDesc>(0);
        declare_addresses<typename T::QueueDriver>(1);
        declare_addresses<typename T::QueueDevice>(2);
    }
    template <class R>
    void declare_addresses(std::size_t part) {
        declare_half(device.reg("queue address", R::at(0)), part, 0);
        declare_half(device.reg("queue address", R::at(1)), part, 1);
    }
    void declare_half(io::testing::DeviceRegister& half, std::size_t part, unsigned n) {
        half.on_write(
            [=, this](auto&, auto written) { queue_.address[part] |= written << (32 * n); });
    }
    void declare_notify(std::size_t at, std::size_t width) {
        device.reg("queue notify", at, width).write_only().on_write([this](auto&, auto) {
            ++notified;
            if (works)
                look_at_queue();
        });
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
            store(queue_.address[2] + 4 + 8 * slot, UsedEntry{head + id_off_by, written});
            ++queue_.seen;
            store(queue_.address[2] + 2, io::le<std::uint16_t>(queue_.seen + index_off_by));
            check_interrupts();
        }
        say_what_is_wanted();
    }
    [[nodiscard]] bool has_event_index() const { return (agreed & feature_event_index) != 0; }
    // 2.7.10: of the next entry, or of none.
    void say_what_is_wanted() {
        const auto event = static_cast<std::uint16_t>(queue_.seen - (looks_anyway ? 1 : 0));
        if (has_event_index())
            store(queue_.address[2] + 4 + 8 * queue_.entries, io::le<std::uint16_t>(event));
        else
            store(queue_.address[2],
                  io::le<std::uint16_t>(looks_anyway ? no_notification : std::uint16_t{0}));
    }
    // 2.7.7: who has no vector asks for none, and says it in the one way that was agreed on.
    void check_interrupts() {
        const std::uint16_t flags = load<io::le<std::uint16_t>>(queue_.address[1]);
        const std::uint16_t event =
            load<io::le<std::uint16_t>>(queue_.address[1] + 4 + 2 * queue_.entries);
        if (has_event_index() ? passes(event, queue_.seen - 1, queue_.seen) : flags == 0) {
            ++interrupts;
            if (queue_.vector == pci::no_vector)
                device.report_failure("queue: an interrupt that nobody takes");
        }
        if (has_event_index() && flags != 0)
            device.report_failure("available flags: not zero, with event indices");
    }

    struct State {
        bool ready = false;
        std::uint32_t entries = 0;
        std::uint64_t address[3]{}; // descriptors, available, used
        std::uint16_t seen = 0;
        std::uint16_t vector = pci::no_vector;
    };

    io::testing::FakeDma* memory_;
    io::testing::DeviceRegister* status_ = nullptr;
    io::testing::DeviceRegister* device_word_ = nullptr;
    io::testing::DeviceRegister* driver_word_ = nullptr;
    State queue_;
    std::uint64_t reset_until_ = 0;
};

} // namespace virtio
