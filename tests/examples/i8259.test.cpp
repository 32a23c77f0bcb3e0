// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The interrupt controller: a mask is changed with interrupts off, and a handler that comes just
// before or after loses nothing.
#include "../../examples/drivers/i8259.hpp"

#include <ioview/testing/device.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;

namespace {

// One CPU with interrupts, and a spinlock: spin_lock_irqsave().
struct Cpu {
    bool interrupts = true;
    bool is_free = true;
};
struct IrqSpinlock {
    Cpu* cpu;
    bool lock() const noexcept {
        const bool before = cpu->interrupts;
        cpu->interrupts = false;
        cpu->is_free = false;
        return before;
    }
    void unlock(bool before) const noexcept {
        cpu->is_free = true;
        cpu->interrupts = before;
    }
};

struct Simulated {
    Cpu cpu;
    IrqSpinlock lock{&cpu};
    io::testing::Device device{2};
    int unlocked = 0;
    unsigned ended = 0;
    io::testing::DeviceRegister* mask = nullptr;

    Simulated() {
        device.reg<i8259::Ocw2>("ocw2").on_write(
            [this](auto&, std::uint64_t written) { ended = static_cast<unsigned>(written); });
        const auto look = [this] { unlocked += cpu.interrupts || cpu.is_free ? 1 : 0; };
        mask = &device.reg<i8259::Mask>("mask")
                    .holds(0xff)
                    .on_read([look](auto& held) {
                        look();
                        return held;
                    })
                    .on_write([look](auto& held, std::uint64_t written) {
                        look();
                        held = written;
                    });
    }
};

} // namespace

TEST_CASE("i8259: each change of the mask is made under the lock, with interrupts off") {
    Simulated pic;
    const auto view = pic.device.view<i8259::Pic>();
    REQUIRE(i8259::unmask(view, pic.lock, 4).has_value());
    REQUIRE(i8259::unmask(view, pic.lock, 0).has_value());
    CHECK(pic.mask->value() == 0xee);
    REQUIRE(i8259::mask(view, pic.lock, 4).has_value());
    CHECK(pic.mask->value() == 0xfe);
    CHECK(pic.unlocked == 0);
    CHECK(pic.cpu.interrupts);
    CHECK(pic.cpu.is_free);
    CHECK(i8259::unmask(view, pic.lock, 8).error() == io::Error::out_of_bounds);
    CHECK(i8259::mask(view, pic.lock, -1).error() == io::Error::out_of_bounds);
}

TEST_CASE("i8259: an interrupt is ended by its number") {
    Simulated pic;
    const auto view = pic.device.view<i8259::Pic>();
    REQUIRE(i8259::end_of_interrupt(view, 4).has_value());
    CHECK(pic.ended == 0x64);
    CHECK(i8259::end_of_interrupt(view, 8).error() == io::Error::out_of_bounds);
}
