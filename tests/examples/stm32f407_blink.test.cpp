// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The lamp of the STM32F407, on generated registers: access by access.
#include "../examples/drivers/stm32f407_blink.hpp"

#include <ioview/testing/device.hpp>
#include <ioview/testing/recorder.hpp>
#include <ioview/testing/script.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <vector>

namespace io = ioview;
using io::testing::Log;
using io::testing::reads;
using io::testing::Script;
using io::testing::writes;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;

// GPIOD, with pins of another owner in use.
struct Port {
    Port() {
        namespace gpio = stm32f407::gpio;
        device.reg<gpio::Moder>("MODER").holds(0x0300'0002);
        device.reg<gpio::Otyper>("OTYPER").holds(0x9000);
        odr = &device.reg<gpio::Odr>("ODR");
        odr->holds(0x1001);
        device.reg<gpio::Bsrr>("BSRR").on_write([this](auto&, auto bits) {
            odr->holds((odr->value() & ~(bits >> 16)) | (bits & 0xffff));
        });
    }
    auto view() { return recorder.view<stm32f407::Gpio>(); }
    const Log& log() const { return recorder.log(); }

    io::testing::Device device{0x400};
    io::testing::DeviceRegister* odr = nullptr;
    io::testing::Recorder<io::testing::DeviceBackend> recorder{device.view<stm32f407::Gpio>()};
};

// Of each sleep, its time and what the lamp was.
struct Watch {
    struct Seen {
        std::uint64_t us;
        std::uint64_t driven;
        bool operator==(const Seen&) const = default;
    };
    void sleep_for(std::uint64_t us) { seen.push_back({us, port->odr->value()}); }

    Port* port;
    std::vector<Seen> seen;
};

} // namespace

TEST_CASE("stm32f407 blink: the port's clock, and time for it", "[stm32f407_blink]") {
    Script script{reads<std::uint32_t>(0x30, 0x0010'0001),
                  writes<std::uint32_t>(0x30, 0x0010'0009),
                  reads<std::uint32_t>(0x30, 0x0010'0009)};
    CHECK(stm32f407::enable_port(script.view<stm32f407::Rcc>(), 3));

    Script absent{reads<std::uint32_t>(0x30, 0),
                  writes<std::uint32_t>(0x30, 0x100),
                  reads<std::uint32_t>(0x30, 0)};
    CHECK(stm32f407::enable_port(absent.view<stm32f407::Rcc>(), 8).error() == io::Error::no_device);
    Script nothing;
    CHECK(stm32f407::enable_port(nothing.view<stm32f407::Rcc>(), 9).error() ==
          io::Error::out_of_bounds);
}

TEST_CASE("stm32f407 blink: dark before it is driven, other pins as they were",
          "[stm32f407_blink]") {
    Port port;
    const stm32f407::Lamp lamp{port.view(), 12};
    REQUIRE(lamp.init());
    CHECK(port.log() == Log{{wr, 0x18, 4, 0x1000'0000},
                            {rd, 0x04, 4, 0x9000},
                            {wr, 0x04, 4, 0x8000},
                            {rd, 0x00, 4, 0x0300'0002},
                            {wr, 0x00, 4, 0x0100'0002}});
    CHECK_FALSE(lamp.is_on().value());
    CHECK(port.odr->value() == 0x1);
}

TEST_CASE("stm32f407 blink: on and off, half of the period each", "[stm32f407_blink]") {
    Port port;
    const stm32f407::Lamp lamp{port.view(), 15};
    Watch watch{&port, {}};
    REQUIRE(stm32f407::blink(lamp, 2, std::uint64_t{500}, watch));
    CHECK(watch.seen ==
          std::vector<Watch::Seen>{{250, 0x9001}, {250, 0x1001}, {250, 0x9001}, {250, 0x1001}});
    CHECK(port.log() == Log{{wr, 0x18, 4, 0x0000'8000},
                            {wr, 0x18, 4, 0x8000'0000},
                            {wr, 0x18, 4, 0x0000'8000},
                            {wr, 0x18, 4, 0x8000'0000}});
    REQUIRE(lamp.set(true));
    CHECK(lamp.is_on().value());
}

TEST_CASE("stm32f407 blink: no such pin, no access", "[stm32f407_blink]") {
    Port port;
    const stm32f407::Lamp lamp{port.view(), 16};
    Watch watch{&port, {}};
    CHECK(lamp.init().error() == io::Error::out_of_bounds);
    CHECK(lamp.set(true).error() == io::Error::out_of_bounds);
    CHECK(lamp.is_on().error() == io::Error::out_of_bounds);
    CHECK(stm32f407::blink(lamp, 1, std::uint64_t{2}, watch).error() == io::Error::out_of_bounds);
    CHECK(watch.seen.empty());
    CHECK(port.log().empty());
}
