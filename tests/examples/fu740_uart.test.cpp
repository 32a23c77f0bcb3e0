// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The driver of SiFive's UART, on generated registers: access by access. Also when compiling.
#include "../examples/drivers/fu740_uart.hpp"

#include <ioview/testing/script.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <utility>

namespace io = ioview;
using io::testing::reads;
using io::testing::Script;
using io::testing::writes;

namespace {

constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000}};

struct Clock {
    std::uint64_t us = 0;
    [[nodiscard]] constexpr std::uint64_t now() const noexcept { return us; }
    constexpr void sleep_for(std::uint64_t time) noexcept { us += time; }
};

// 130 MHz / 115200, rounded, less 1.
constexpr bool is_set_up() {
    Clock clock;
    Script script{writes<std::uint32_t>(0x10, 0),
                  writes<std::uint32_t>(0x18, 1'127),
                  writes<std::uint32_t>(0x08, 0x1'0003),
                  writes<std::uint32_t>(0x0c, 0x1),
                  reads<std::uint32_t>(0x14, 0x1)};
    const fu740::UartDriver uart{script.view<fu740::Uart>(), clock, timing};
    return uart.init({.clock_hz = 130'000'000, .baud = 115'200, .stop_bits = fu740::StopBits::two})
        .has_value();
}
static_assert(is_set_up());

} // namespace

TEST_CASE("fu740 uart: set up, without an interrupt on the way", "[fu740_uart]") {
    CHECK(is_set_up());
}

TEST_CASE("fu740 uart: waits for room, then sends; full is not written back", "[fu740_uart]") {
    Clock clock;
    Script script{reads<std::uint32_t>(0x00, 0x8000'0000).times(3),
                  reads<std::uint32_t>(0x00, 0),
                  writes<std::uint32_t>(0x00, 0xff),
                  reads<std::uint32_t>(0x14, 0x0),
                  reads<std::uint32_t>(0x14, 0x1)};
    const fu740::UartDriver uart{script.view<fu740::Uart>(), clock, timing};
    CHECK(uart.put(0xff));
    CHECK(clock.us == 30);
    CHECK(uart.flush());
    CHECK(clock.us == 40);
}

TEST_CASE("fu740 uart: a read takes a character, so there is one for each", "[fu740_uart]") {
    Clock clock;
    Script script{reads<std::uint32_t>(0x04, 0x8000'0041), // no character, whatever data says
                  reads<std::uint32_t>(0x04, 0x42),
                  reads<std::uint32_t>(0x04, 0x00)};
    const fu740::UartDriver uart{script.view<fu740::Uart>(), clock, timing};
    CHECK(uart.get().error() == io::Error::busy);
    CHECK(uart.get().value() == 0x42);
    CHECK(uart.get().value() == 0x00);
}

TEST_CASE("fu740 uart: the ends of the divisor", "[fu740_uart]") {
    CHECK(fu740::uart_divisor({.clock_hz = 17, .baud = 1}).value() == 16);
    CHECK(fu740::uart_divisor({.clock_hz = 0x1'0000, .baud = 1}).value() == 0xffff);
    Clock clock;
    Script nothing;
    const fu740::UartDriver uart{nothing.view<fu740::Uart>(), clock, timing};
    for (const auto& [hz, baud] : {std::pair{130'000'000u, 0u}, {16u, 1u}, {0x1'0001u, 1u}})
        CHECK(uart.init({.clock_hz = hz, .baud = baud}).error() == io::Error::invalid_argument);
}

TEST_CASE("fu740 uart: one that is full for good, and one that has gone", "[fu740_uart]") {
    Clock clock;
    Script full{reads<std::uint32_t>(0x00, 0x8000'0000).any_times()};
    CHECK(fu740::UartDriver{full.view<fu740::Uart>(), clock, timing}.put('A').error() ==
          io::Error::timed_out);

    Script gone{reads<std::uint32_t>(0x00, 0xffff'ffff),
                reads<std::uint32_t>(0x04, 0xffff'ffff),
                reads<std::uint32_t>(0x14, 0xffff'ffff)};
    const fu740::UartDriver uart{gone.view<fu740::Uart>(), clock, timing};
    CHECK(uart.put('A').error() == io::Error::no_device);
    CHECK(uart.get().error() == io::Error::no_device);
    CHECK(uart.flush().error() == io::Error::no_device);
}
