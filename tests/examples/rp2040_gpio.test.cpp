// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Pins of the RP2040: nothing shared is read and written back, and each change is one store.
#include "../../examples/drivers/rp2040_gpio.hpp"

#include <ioview/testing/device.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace io = ioview;

namespace {

struct Clock {
    std::uint64_t time = 0;
    std::uint64_t now() const { return time; }
    void sleep_for(std::uint64_t us) { time += us; }
};

// A register and what changes it, so many bytes further on.
struct Atomic {
    std::uint64_t value = 0;
    int stores = 0;
    void at(io::testing::Device& device,
            std::size_t offset,
            std::size_t toggle,
            std::size_t set,
            std::size_t clear) {
        device.reg("plain", offset).on_read([this](auto&) { return value; });
        device.reg("toggle", offset + toggle).on_write([this](auto&, std::uint64_t w) {
            changed(value ^ w);
        });
        device.reg("set", offset + set).on_write([this](auto&, std::uint64_t w) {
            changed(value | w);
        });
        device.reg("clear", offset + clear).on_write([this](auto&, std::uint64_t w) {
            changed(value & ~w);
        });
    }
    void changed(std::uint64_t now) {
        value = now;
        ++stores;
    }
};

struct Chip {
    io::testing::Device sio{0x180};
    io::testing::Device resets{0x4000};
    io::testing::Device bank{0x4000};
    Atomic out{0x3fff'fff0}, oe, reset{0x01ff'ffff}, ctrl{0x0000'301f};
    bool is_stuck = false;

    Chip() {
        out.at(sio, 0x10, 12, 4, 8);
        oe.at(sio, 0x20, 12, 4, 8);
        reset.at(resets, 0, 0x1000, 0x2000, 0x3000);
        resets.reg("done", 8).on_read(
            [this](auto&) { return is_stuck ? 0 : ~reset.value & 0x01ff'ffff; });
        ctrl.at(bank, 4 + 25 * 8, 0x1000, 0x2000, 0x3000);
    }
};

} // namespace

TEST_CASE("rp2040: pins and pads are taken out of reset, and nothing else is") {
    Chip chip;
    Clock clock;
    REQUIRE(rp2040::start(chip.resets.view<rp2040::ResetBlock>(), clock).has_value());
    CHECK(chip.reset.value == 0x01ff'fedf);
    CHECK(chip.reset.stores == 1);
    chip.is_stuck = true;
    CHECK(rp2040::start(chip.resets.view<rp2040::ResetBlock>(), clock).error() ==
          io::Error::timed_out);
}

TEST_CASE("rp2040: a pin is an output, low at first, and keeps its overrides") {
    Chip chip;
    const auto sio = chip.sio.view<rp2040::Sio>();
    REQUIRE(rp2040::make_output(sio, chip.bank.view<rp2040::IoBank0>(), 25).has_value());
    CHECK(chip.out.value == 0x3dff'fff0);
    CHECK(chip.oe.value == 0x0200'0000);
    CHECK(chip.ctrl.value == 0x0000'3005);
    CHECK((chip.out.stores == 1 && chip.oe.stores == 1 && chip.ctrl.stores == 2));
    CHECK(rp2040::make_output(sio, chip.bank.view<rp2040::IoBank0>(), 30).error() ==
          io::Error::out_of_bounds);
}

TEST_CASE("rp2040: a level is one store, and so is the other one") {
    Chip chip;
    const auto sio = chip.sio.view<rp2040::Sio>();
    REQUIRE(rp2040::put(sio, 0, true).has_value());
    CHECK((chip.out.value == 0x3fff'fff1 && chip.out.stores == 1));
    REQUIRE(rp2040::put(sio, 29, false).has_value());
    CHECK((chip.out.value == 0x1fff'fff1 && chip.out.stores == 2));
    REQUIRE(rp2040::toggle(sio, 29).has_value());
    REQUIRE(rp2040::toggle(sio, 0).has_value());
    CHECK((chip.out.value == 0x3fff'fff0 && chip.out.stores == 4));
    CHECK(rp2040::put(sio, -1, true).error() == io::Error::out_of_bounds);
    CHECK(rp2040::toggle(sio, 30).error() == io::Error::out_of_bounds);
}
