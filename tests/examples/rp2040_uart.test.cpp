// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The driver of the RP2040's UART, on generated registers: access by access.
#include "../examples/drivers/rp2040_uart.hpp"

#include <ioview/testing/device.hpp>
#include <ioview/testing/recorder.hpp>
#include <ioview/testing/script.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <deque>
#include <utility>

namespace io = ioview;
using io::testing::Log;
using io::testing::reads;
using io::testing::Script;
using io::testing::writes;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;
constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000}};

struct Clock {
    std::uint64_t us = 0;
    [[nodiscard]] constexpr std::uint64_t now() const noexcept { return us; }
    constexpr void sleep_for(std::uint64_t time) noexcept { us += time; }
};

// A UART whose output is its input: each character comes back, and the 33rd that waits is lost.
struct Loop {
    Loop() {
        using Number = std::uint64_t;
        namespace uart = rp2040::uart;
        device.reg<uart::Uartibrd>("UARTIBRD");
        device.reg<uart::Uartfbrd>("UARTFBRD");
        device.reg<uart::UartlcrH>("UARTLCR_H");
        device.reg<uart::Uartimsc>("UARTIMSC");
        device.reg<uart::Uartcr>("UARTCR");
        device.reg<uart::Uartrsr>("UARTRSR");
        device.reg<uart::Uartfr>("UARTFR").on_read(
            [this](auto&) { return Number{0x80} | (waiting.empty() ? 0x10 : 0); });
        device.reg<uart::Uartdr>("UARTDR")
            .on_read([this](auto&) {
                const Number entry = waiting.front();
                waiting.pop_front();
                return entry;
            })
            .on_write([this](auto&, auto character) {
                if (waiting.size() < 32)
                    waiting.push_back(character & 0xff);
                else
                    waiting.back() |= 0x800;
            });
    }
    auto view() { return recorder.view<rp2040::Uart>(); }

    std::deque<std::uint64_t> waiting;
    io::testing::Device device{0x1000};
    io::testing::Recorder<io::testing::DeviceBackend> recorder{device.view<rp2040::Uart>()};
};

} // namespace

TEST_CASE("rp2040 uart: reset, set up, a character each way", "[rp2040_uart]") {
    Clock clock;
    Loop loop;
    const rp2040::UartDriver uart{loop.view(), clock, timing};
    REQUIRE(uart.init({.clock_hz = 125'000'000, .baud = 115'200}));
    // 125 MHz / (16 * 115200) = 67 52/64
    CHECK(loop.recorder.log() == Log{{wr, 0x24, 4, 67},
                                     {wr, 0x28, 4, 52},
                                     {wr, 0x2c, 4, 0x70},
                                     {wr, 0x38, 4, 0},
                                     {wr, 0x30, 4, 0x301},
                                     {rd, 0x18, 4, 0x90}});
    loop.recorder.clear();
    CHECK(uart.get().error() == io::Error::busy);
    CHECK(loop.recorder.log() == Log{{rd, 0x18, 4, 0x90}}); // an empty FIFO is not read
    loop.recorder.clear();
    REQUIRE(uart.put('A'));
    const auto back = uart.get();
    REQUIRE(back);
    CHECK(back->data == 'A');
    CHECK_FALSE(back->overrun);
    CHECK(uart.flush());
    CHECK(loop.recorder.log() == Log{{rd, 0x18, 4, 0x90},
                                     {wr, 0x00, 4, 'A'},
                                     {rd, 0x18, 4, 0x80},
                                     {rd, 0x00, 4, 'A'},
                                     {rd, 0x18, 4, 0x90}});
}

TEST_CASE("rp2040 uart: an overrun is said once, and cleared by a one", "[rp2040_uart]") {
    Clock clock;
    Loop loop;
    const rp2040::UartDriver uart{loop.view(), clock, timing};
    for (unsigned i = 0; i < 33; ++i)
        REQUIRE(uart.put(static_cast<std::uint8_t>(i)));
    for (unsigned i = 0; i < 31; ++i) {
        const auto received = uart.get();
        REQUIRE(received);
        CHECK(received->data == i);
        CHECK_FALSE(received->overrun);
    }
    loop.recorder.clear();
    const auto last = uart.get();
    REQUIRE(last);
    CHECK(last->data == 31);
    CHECK(last->overrun);
    CHECK(loop.recorder.log() ==
          Log{{rd, 0x18, 4, 0x80}, {rd, 0x00, 4, 0x81f}, {wr, 0x04, 4, 0x8}});
}

TEST_CASE("rp2040 uart: what is wrong with a character comes with it", "[rp2040_uart]") {
    Clock clock;
    Loop loop;
    const rp2040::UartDriver uart{loop.view(), clock, timing};
    loop.waiting = {0x141, 0x242, 0x400};
    const auto framing = uart.get();
    const auto parity = uart.get();
    const auto broken = uart.get();
    REQUIRE(framing);
    REQUIRE(parity);
    REQUIRE(broken);
    CHECK((framing->framing && !framing->parity && !framing->break_seen));
    CHECK((parity->parity && !parity->framing && !parity->break_seen));
    CHECK((broken->break_seen && !broken->parity && !broken->framing));
    CHECK(framing->data == 0x41);
}

TEST_CASE("rp2040 uart: into reset, out of it, and no other device with it", "[rp2040_uart]") {
    Clock clock;
    Script script{reads<std::uint32_t>(0x0, 0x013f'ffff),
                  writes<std::uint32_t>(0x0, 0x01bf'ffff),
                  reads<std::uint32_t>(0x0, 0x01bf'ffff),
                  writes<std::uint32_t>(0x0, 0x013f'ffff),
                  reads<std::uint32_t>(0x8, 0x0040'0000), // the other one
                  reads<std::uint32_t>(0x8, 0x00c0'0000)};
    CHECK(rp2040::reset_uart(script.view<rp2040::Resets>(), 1, timing, clock));
    CHECK(clock.us == 10);

    Script nothing;
    CHECK(rp2040::reset_uart(nothing.view<rp2040::Resets>(), 2, timing, clock).error() ==
          io::Error::out_of_bounds);
}

TEST_CASE("rp2040 uart: bad rates, a full FIFO, a UART that has gone", "[rp2040_uart]") {
    Clock clock;
    Script nothing;
    const rp2040::UartDriver untouched{nothing.view<rp2040::Uart>(), clock, timing};
    for (const auto& [hz, baud] : {std::pair{125'000'000u, 0u}, {100u, 115'200u}, {~0u, 1u}})
        CHECK(untouched.init({.clock_hz = hz, .baud = baud}).error() ==
              io::Error::invalid_argument);

    Script full{reads<std::uint32_t>(0x18, 0x20).any_times()};
    CHECK(rp2040::UartDriver{full.view<rp2040::Uart>(), clock, timing}.put('A').error() ==
          io::Error::timed_out);
    Script gone{reads<std::uint32_t>(0x18, 0xffff'ffff).times(3)};
    const rp2040::UartDriver uart{gone.view<rp2040::Uart>(), clock, timing};
    CHECK(uart.put('A').error() == io::Error::no_device);
    CHECK(uart.get().error() == io::Error::no_device);
    CHECK(uart.flush().error() == io::Error::no_device);
}
