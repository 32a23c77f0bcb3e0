// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../examples/drivers/rp2040_timer.hpp"

#include <ioview/format/snapshot.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <limits>

namespace io = ioview;
using io::testing::Device;

namespace {

// As the datasheet has it: each access takes a microsecond.
struct SimulatedTimer {
    std::uint64_t time = 0;
    std::uint32_t kept = 0;
    std::uint32_t new_low = 0;
    unsigned accesses = 0;
    Device device{0x44};

    SimulatedTimer() {
        using Number = std::uint64_t;
        const auto tick = [this] {
            ++accesses;
            return ++time;
        };
        device.reg<rp2040::TimeRawH>("TIMERAWH").on_read([=](Number&) { return tick() >> 32; });
        device.reg<rp2040::TimeRawL>("TIMERAWL").on_read([=](Number&) {
            return tick() & 0xffff'ffff;
        });
        device.reg<rp2040::TimeLr>("TIMELR").on_read([this, tick](Number&) {
            kept = static_cast<std::uint32_t>(tick() >> 32);
            return time & 0xffff'ffff;
        });
        device.reg<rp2040::TimeHr>("TIMEHR").on_read([this, tick](Number&) {
            tick();
            return Number{kept};
        });
        device.reg<rp2040::TimeLw>("TIMELW").on_write(
            [this](Number&, Number low) { new_low = static_cast<std::uint32_t>(low); });
        device.reg<rp2040::TimeHw>("TIMEHW").on_write(
            [this](Number&, Number high) { time = high << 32 | new_low; });
        auto& armed = device.reg<rp2040::Armed>("ARMED");
        for (unsigned i = 0; i < 4; ++i)
            device.reg("ALARM", 0x10 + 4 * i).on_write([=, &armed](Number& value, Number at) {
                value = at;
                armed.holds(armed.value() | Number{1} << i);
            });
        device.reg<rp2040::Pause>("PAUSE");
        device.reg<rp2040::Inte>("INTE");
        device.reg<rp2040::Ints>("INTS");
    }
    auto view() { return device.view<rp2040::Timer>(); }
};

} // namespace

TEST_CASE("RP2040 timer: the time is never torn, whichever way it is read", "[rp2040]") {
    for (std::uint64_t before = 0; before < 6; ++before) {
        SimulatedTimer timer;
        REQUIRE(rp2040::set_time(timer.view(), 0x1'ffff'ffff - before));
        CHECK(timer.time == 0x1'ffff'ffff - before);
        const std::uint64_t start = timer.time;
        const auto now = rp2040::now(timer.view());
        REQUIRE(now);
        CHECK(*now > start);
        CHECK(*now <= timer.time);
        CHECK(timer.accesses <= 5);

        timer.time = start;
        timer.accesses = 0;
        CHECK(rp2040::now_alone(timer.view()) == start + 1);
        CHECK(timer.accesses == 2);
    }
}

TEST_CASE("RP2040 timer: an alarm is for the future that it can tell", "[rp2040]") {
    SimulatedTimer timer;
    REQUIRE(rp2040::set_time(timer.view(), 0x5'0000'0000));
    CHECK(rp2040::set_alarm(timer.view(), 3, 0x5'0000'1000));
    CHECK(timer.view().read(rp2040::Alarm::at(3)).raw() == 0x1000);
    for (const std::uint64_t at : {std::uint64_t{0},
                                   std::uint64_t{0x5'0000'0000},
                                   std::uint64_t{0x6'0000'1000},
                                   std::numeric_limits<std::uint64_t>::max()})
        CHECK(rp2040::set_alarm(timer.view(), 0, at).error() == io::Error::invalid_argument);
    CHECK(rp2040::set_alarm(timer.view(), 4, 0x5'0000'1000).error() == io::Error::out_of_bounds);
    CHECK(timer.view().read(rp2040::Alarm::at(0)).raw() == 0);
}

TEST_CASE("RP2040 timer: what an alarm has changed is seen by name", "[rp2040]") {
    SimulatedTimer timer;
    const auto before = rp2040::state(timer.view());
    REQUIRE(rp2040::set_alarm(timer.view(), 3, 0x1000));
    timer.view().write(rp2040::Pause{}.with_pause(true));
    const auto after = rp2040::state(timer.view());
    REQUIRE(before);
    REQUIRE(after);
    CHECK(fmt::format("{}", io::diff(*before, *after)) == "Pause.pause: 0 -> 1\n"
                                                          "Armed.alarms: 0 -> 8");
}
