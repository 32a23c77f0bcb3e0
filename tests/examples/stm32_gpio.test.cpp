// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The example driver of an STM32's pins: what it does to a port, access by access.
#include "../../examples/stm32_gpio.hpp"

#include <ioview/testing/device.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;
using io::testing::Log;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;

// Port A after a reset: the pins of the debugger are in use.
struct Setup {
    Setup() {
        namespace gpio = stm32_gpio;
        device.reg<gpio::Moder>("MODER").holds(0xa800'0000);
        device.reg<gpio::Otyper>("OTYPER");
        device.reg<gpio::Ospeedr>("OSPEEDR");
        device.reg<gpio::Pupdr>("PUPDR").holds(0x6400'0000);
        device.reg<gpio::Idr>("IDR").on_read([this](auto&) { return odr->value() | 0x0100; });
        odr = &device.reg<gpio::Odr>("ODR");
        device.reg<gpio::Bsrr>("BSRR").on_write([this](auto&, auto bits) {
            odr->holds((odr->value() & ~(bits >> 16)) | (bits & 0xffff));
        });
        device.reg("AFRL", gpio::Afr::at(0));
        device.reg("AFRH", gpio::Afr::at(1));
    }
    auto port() { return recorder.view<stm32_gpio::Gpio>(); }
    const Log& log() const { return recorder.log(); }

    io::testing::Device device{0x400};
    io::testing::DeviceRegister* odr = nullptr;
    io::testing::Recorder<io::testing::DeviceBackend> recorder{device.view<stm32_gpio::Gpio>()};
};

} // namespace

TEST_CASE("stm32 gpio: a pin is set up, its mode last, its neighbours as they were", "[gpio]") {
    Setup setup;
    REQUIRE(stm32_gpio::configure(setup.port(),
                                  9,
                                  {.mode = stm32_gpio::Mode::alternate,
                                   .pull = stm32_gpio::Pull::up,
                                   .speed = stm32_gpio::Speed::high,
                                   .open_drain = true,
                                   .function = 7}));
    CHECK(setup.log() == Log{{rd, 0x24, 4, 0},
                             {wr, 0x24, 4, 0x70},
                             {rd, 0x04, 4, 0},
                             {wr, 0x04, 4, 0x200},
                             {rd, 0x08, 4, 0},
                             {wr, 0x08, 4, 0x8'0000},
                             {rd, 0x0c, 4, 0x6400'0000},
                             {wr, 0x0c, 4, 0x6404'0000},
                             {rd, 0x00, 4, 0xa800'0000},
                             {wr, 0x00, 4, 0xa808'0000}});
}

TEST_CASE("stm32 gpio: levels", "[gpio]") {
    Setup setup;
    setup.odr->holds(0x8000);
    REQUIRE(stm32_gpio::set(setup.port(), 3, true));
    CHECK(setup.odr->value() == 0x8008);
    REQUIRE(stm32_gpio::set(setup.port(), 15, false));
    CHECK(setup.odr->value() == 0x0008);
    CHECK(stm32_gpio::get(setup.port(), 3).value());
    CHECK(stm32_gpio::get(setup.port(), 8).value());
    CHECK_FALSE(stm32_gpio::get(setup.port(), 15).value());
    CHECK(setup.log() == Log{{wr, 0x18, 4, 0x0000'0008},
                             {wr, 0x18, 4, 0x8000'0000},
                             {rd, 0x10, 4, 0x0108},
                             {rd, 0x10, 4, 0x0108},
                             {rd, 0x10, 4, 0x0108}});
}

TEST_CASE("stm32 gpio: no such pin, no such function, nothing written", "[gpio]") {
    Setup setup;
    for (const unsigned pin : {16u, 0xffff'ffffu}) {
        CHECK(stm32_gpio::configure(setup.port(), pin, {}).error() == io::Error::out_of_bounds);
        CHECK(stm32_gpio::set(setup.port(), pin, true).error() == io::Error::out_of_bounds);
        CHECK(stm32_gpio::get(setup.port(), pin).error() == io::Error::out_of_bounds);
    }
    CHECK(setup.log().empty());
    CHECK(stm32_gpio::configure(setup.port(), 0, {.function = 16}).error() == io::Error::overflow);
    CHECK(setup.log() == Log{{rd, 0x20, 4, 0}});
}
