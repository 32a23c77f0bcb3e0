// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The driver of the nRF52840's pins, on generated registers: access by access.
#include "../examples/drivers/nrf52840_gpio.hpp"

#include <ioview/testing/device.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;
using io::testing::Log;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;

// A port whose outputs are its inputs. LATCH clears by its own access kind.
struct Port {
    Port() {
        namespace gpio = nrf52840::gpio;
        using Number = std::uint64_t;
        out = &device.reg<gpio::Out>("OUT");
        device.reg<gpio::Outset>("OUTSET").on_write(
            [this](auto&, auto ones) { out->holds(out->value() | ones); });
        device.reg<gpio::Outclr>("OUTCLR").on_write(
            [this](auto&, auto ones) { out->holds(out->value() & ~ones); });
        device.reg<gpio::In>("IN").on_read([this](auto&) { return Number{out->value()}; });
        latch = &device.reg<gpio::Latch>("LATCH");
        for (unsigned pin = 0; pin < 32; ++pin)
            device.reg("PIN_CNF", *gpio::PinCnf::try_at(pin));
    }
    auto view() { return recorder.view<nrf52840::Gpio>(); }
    const Log& log() const { return recorder.log(); }

    io::testing::Device device{0x780};
    io::testing::DeviceRegister* out = nullptr;
    io::testing::DeviceRegister* latch = nullptr;
    io::testing::Recorder<io::testing::DeviceBackend> recorder{device.view<nrf52840::Gpio>()};
};

} // namespace

TEST_CASE("nrf52840 gpio: a pin is set up by one store", "[nrf52840_gpio]") {
    Port port;
    REQUIRE(nrf52840::configure(
        port.view(),
        13,
        {.direction = nrf52840::Direction::output, .drive = nrf52840::Drive::h0d1}));
    REQUIRE(nrf52840::configure(port.view(),
                                31,
                                {.input = nrf52840::InputBuffer::connected,
                                 .pull = nrf52840::Pull::up,
                                 .sense = nrf52840::Sense::low}));
    REQUIRE(nrf52840::configure(port.view(), 0, {})); // as after a reset
    CHECK(port.log() == Log{{wr, 0x734, 4, 0x703}, {wr, 0x77c, 4, 0x3'000c}, {wr, 0x700, 4, 0x2}});
}

TEST_CASE("nrf52840 gpio: levels, of the one pin", "[nrf52840_gpio]") {
    Port port;
    port.out->holds(0x8000'0001);
    REQUIRE(nrf52840::set(port.view(), 13, true));
    REQUIRE(nrf52840::set(port.view(), 31, false));
    REQUIRE(nrf52840::toggle(port.view(), 0));
    REQUIRE(nrf52840::toggle(port.view(), 1));
    CHECK(nrf52840::get(port.view(), 13).value());
    CHECK_FALSE(nrf52840::get(port.view(), 31).value());
    CHECK(port.out->value() == 0x2002);
    CHECK(port.log() == Log{{wr, 0x508, 4, 0x2000},
                            {wr, 0x50c, 4, 0x8000'0000},
                            {rd, 0x504, 4, 0x2001},
                            {wr, 0x50c, 4, 0x1},
                            {rd, 0x504, 4, 0x2000},
                            {wr, 0x508, 4, 0x2},
                            {rd, 0x510, 4, 0x2002},
                            {rd, 0x510, 4, 0x2002}});
}

TEST_CASE("nrf52840 gpio: what is latched is taken, and what comes meanwhile stays",
          "[nrf52840_gpio]") {
    Port port;
    port.latch->holds(0x0000'2004);
    CHECK(nrf52840::take_latched(port.view()).value() == 0x2004);
    CHECK(port.log() == Log{{rd, 0x520, 4, 0x2004}, {wr, 0x520, 4, 0x2004}});
    CHECK(port.latch->value() == 0); // by w1c
    port.latch->holds(0x6);
    port.latch->on_read([](auto& value) {
        const auto seen = value;
        value |= 0x10;
        return seen;
    });
    CHECK(nrf52840::take_latched(port.view()).value() == 0x6);
    CHECK(port.latch->value() == 0x10);
}

TEST_CASE("nrf52840 gpio: no such pin, no access", "[nrf52840_gpio]") {
    Port port;
    for (const unsigned pin : {32u, 0xffff'ffffu}) {
        CHECK(nrf52840::configure(port.view(), pin, {}).error() == io::Error::out_of_bounds);
        CHECK(nrf52840::set(port.view(), pin, true).error() == io::Error::out_of_bounds);
        CHECK(nrf52840::toggle(port.view(), pin).error() == io::Error::out_of_bounds);
        CHECK(nrf52840::get(port.view(), pin).error() == io::Error::out_of_bounds);
    }
    CHECK(port.log().empty());
}
