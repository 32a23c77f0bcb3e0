// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// QEMU's `edu` as a double: the same registers, in the same widths, with the same habits. What a
// driver must not do (the real device would abort QEMU, or move other memory) is a failure.
//
//   io::testing::FakeDma dma{edu::Simulated::dma_mask};
//   edu::Simulated device{dma};
//   auto product = edu::factorial(device.bar(), 5, device.clock);

#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>

#include "edu.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace edu {

// Time that passes when somebody sleeps.
struct SimulatedClock {
    std::uint64_t time = 0; // us
    [[nodiscard]] std::uint64_t now() const noexcept { return time; }
    void sleep_for(std::uint64_t us) noexcept { time += us; }
};

class Simulated {
public:
    static constexpr io::DmaMask dma_mask = io::DmaMask::of<28>();

    explicit Simulated(io::testing::FakeDma& memory) : memory_(&memory) {
        device.reg<Id>("id").holds(0x0100'00ed);
        device.reg<Liveness>("liveness").on_write([](auto& value, auto written) {
            value = ~written;
        });
        declare_factorial();
        declare_interrupts();
        declare_dma();
    }

    [[nodiscard]] auto bar() noexcept { return device.view<Edu>(); }

    io::testing::Device device{io::min_size_of<Edu>};
    io::testing::InterruptLine interrupt;
    SimulatedClock clock;
    bool is_stuck = false; // a transfer does not end, until it does

private:
    void declare_factorial() {
        status_ = &device.reg<Status>("status")
                       .on_read(computing_.looked_at())
                       .on_write([](auto& value, auto) { value &= 0x81; });
        factorial_ = &device.reg<Factorial>("factorial").on_write([this](auto& value, auto) {
            if (computing_.is_running()) { // the device is deaf until it is done
                value = factorial_->before();
                return;
            }
            status_->holds(status_->value() | 0x01);
            computing_.start(2, [this] { computed(); });
        });
    }
    void computed() {
        std::uint32_t product = 1;
        for (auto n = static_cast<std::uint32_t>(factorial_->value()); n > 1; --n)
            product *= n;
        factorial_->holds(product);
        status_->holds(status_->value() & ~std::uint64_t{0x01});
        if ((status_->value() & 0x80) != 0)
            raise_causes(0x001);
    }

    void declare_interrupts() {
        causes_ = &device.reg<Causes>("causes");
        device.reg<Raise>("raise").on_write([this](auto&, auto bits) { raise_causes(bits); });
        device.reg<Acknowledge>("acknowledge").on_write([this](auto&, auto bits) {
            causes_->holds(causes_->value() & ~bits);
            interrupt.set(causes_->value() != 0);
        });
    }
    void raise_causes(std::uint64_t bits) {
        causes_->holds(causes_->value() | bits);
        interrupt.set(causes_->value() != 0);
    }

    void declare_dma() {
        source_ = &declare_side(device.reg<Source>("source").also_width(4));
        destination_ = &declare_side(device.reg<Destination>("destination").also_width(4));
        count_ = &declare_side(device.reg<Count>("count").also_width(8));
        command_ = &device.reg<Command>("command")
                        .also_width(8)
                        .on_read([this, looked_at = transfer_.looked_at()](auto& value) mutable {
                            return is_stuck ? value : looked_at(value);
                        })
                        .on_write([this](auto& value, auto written) {
                            if (transfer_.is_running() || (written & 0x1) == 0) {
                                value = command_->before();
                                return;
                            }
                            transfer_.start(3, [this] { move(); });
                        });
    }
    // Whatever the width, a write replaces all of it, unless a transfer is under way.
    io::testing::DeviceRegister& declare_side(io::testing::DeviceRegister& side) {
        return side.on_write([this, &side](auto& value, auto written) {
            value = transfer_.is_running() ? side.before() : written;
        });
    }
    void move() {
        const bool to_memory = (command_->value() & 0x2) != 0;
        const auto inside = to_memory ? source_->value() : destination_->value();
        const auto outside = to_memory ? destination_->value() : source_->value();
        const auto bytes = static_cast<std::size_t>(count_->value());
        command_->holds(command_->value() & ~std::uint64_t{0x1});

        // the driver may be wrong in all of it
        // as QEMU up to 9.0 looks at it, which ends itself: neither without a byte nor with the
        // last
        if (inside < 0x4'0000 || inside >= 0x4'1000 || bytes == 0 || bytes >= 0x4'1000 - inside)
            return device.report_failure("DMA: the device's side is not inside its buffer");
        std::byte* const memory =
            dma_mask.contains(outside, bytes) ? memory_->device_pointer(outside, bytes) : nullptr;
        if (memory == nullptr)
            return device.report_failure("DMA: the memory's side is nothing that was allocated");
        std::byte* const place = buffer_ + (inside - buffer_address);
        if (to_memory)
            std::memcpy(memory, place, bytes);
        else
            std::memcpy(place, memory, bytes);
        if ((command_->value() & 0x4) != 0)
            raise_causes(0x100);
    }

    io::testing::FakeDma* memory_;
    io::testing::DeviceRegister* status_ = nullptr;
    io::testing::DeviceRegister* factorial_ = nullptr;
    io::testing::DeviceRegister* causes_ = nullptr;
    io::testing::DeviceRegister* source_ = nullptr;
    io::testing::DeviceRegister* destination_ = nullptr;
    io::testing::DeviceRegister* count_ = nullptr;
    io::testing::DeviceRegister* command_ = nullptr;
    io::testing::Countdown computing_;
    io::testing::Countdown transfer_;
    std::byte buffer_[buffer_bytes]{};
};

} // namespace edu
