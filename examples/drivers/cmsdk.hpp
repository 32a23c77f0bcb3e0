// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// UART and timer of the Cortex-M System Design Kit, by its manual: Arm DDI 0479D, sections 4.3 and
// 4.1. Both clear interrupts where a one is written.
//
//   auto ready = cmsdk::init(uart, 25'000'000, 115'200);
//   auto sent = cmsdk::put(uart, 'A', clock);
//   cmsdk::start(timer, 25'000);

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>
#include <ioview/register.hpp>

#include <cstdint>

namespace cmsdk {

namespace io = ioview;

struct Uart : io::Region<0x1000> {};
struct Timer : io::Region<0x1000> {};

// What has come in (read), what to send (write).
struct Data : io::Register<Data, std::uint32_t, io::fixed<0x000, Uart>> {
    IO_FIELDS(bits(7, 0, received, io::rc), bits(7, 0, sent, io::wo));
};
struct State : io::Register<State, std::uint32_t, io::fixed<0x004, Uart>> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bit(3, rx_overrun, io::w1c),
              bit(2, tx_overrun, io::w1c),
              bit(1, rx_full, io::ro),
              bit(0, tx_full, io::ro));
};
struct Ctrl : io::Register<Ctrl, std::uint32_t, io::fixed<0x008, Uart>> {
    IO_FIELDS(bit(3, rx_interrupt), bit(2, tx_interrupt), bit(1, rx_enable), bit(0, tx_enable));
};
struct IntStatus : io::Register<IntStatus, std::uint32_t, io::fixed<0x00c, Uart>> {
    IO_FIELDS(bit(3, rx_overrun, io::w1c),
              bit(2, tx_overrun, io::w1c),
              bit(1, rx, io::w1c),
              bit(0, tx, io::w1c));
};
// The baud rate is the clock by this.
struct BaudDiv : io::Register<BaudDiv, std::uint32_t, io::fixed<0x010, Uart>> {
    IO_FIELDS(bits(19, 0, divisor));
};
struct UartId : io::Register<UartId, std::uint32_t, io::fixed<0xfe0, Uart>, io::ro> {
    IO_FIELDS(bits(7, 0, part)); // 0x21
};

struct TimerCtrl : io::Register<TimerCtrl, std::uint32_t, io::fixed<0x000, Timer>> {
    IO_FIELDS(bit(3, interrupt), bit(2, external_clock), bit(1, external_enable), bit(0, enable));
};
struct TimerValue : io::Register<TimerValue, std::uint32_t, io::fixed<0x004, Timer>> {
    IO_FIELDS(bits(31, 0, ticks));
};
struct TimerReload : io::Register<TimerReload, std::uint32_t, io::fixed<0x008, Timer>> {
    IO_FIELDS(bits(31, 0, ticks));
};
struct TimerInt : io::Register<TimerInt, std::uint32_t, io::fixed<0x00c, Timer>> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bit(0, expired, io::w1c));
};
struct TimerId : io::Register<TimerId, std::uint32_t, io::fixed<0xfe0, Timer>, io::ro> {
    IO_FIELDS(bits(7, 0, part)); // 0x22
};

// Microseconds.
inline constexpr std::uint64_t look_every = 10;
inline constexpr std::uint64_t give_up_after = 1'000'000;

// [init]
// Transmitter and receiver on, no interrupts. no_device when it is another one, or has gone by the
// end; invalid_argument for a baud rate that no divisor gives.
template <io::IoOf<Uart> View>
constexpr io::Result<> init(const View& uart, std::uint32_t clock_hz, std::uint32_t baud) {
    if (uart.template read<UartId>().part() != 0x21)
        return io::fail(io::Error::no_device);
    const std::uint32_t divisor = baud == 0 ? 0 : clock_hz / baud;
    if (divisor < 16 || divisor > 0xf'ffff)
        return io::fail(io::Error::invalid_argument);
    uart.write(BaudDiv{}.with_divisor(io::Bounded<std::uint32_t, 20>::masked(divisor)));
    uart.write(Ctrl{}.with_rx_enable(true).with_tx_enable(true));
    return io::check_present(uart.template read<State>()).transform([](State) {});
}
// [/init]

// Waits for room; timed_out, no_device.
template <io::IoOf<Uart> View, class Clock>
constexpr io::Result<> put(const View& uart, std::uint8_t c, Clock& clock) {
    return io::wait_until<State>(
               uart,
               [](const State& now) { return !now.tx_full(); },
               io::Timing{look_every, give_up_after},
               clock)
        .transform([&](const State&) { uart.write(Data{}.with_sent(c)); });
}

// busy when nothing has come; no_device.
template <io::IoOf<Uart> View>
constexpr io::Result<std::uint8_t> get(const View& uart) {
    const auto state = io::check_present(uart.template read<State>());
    if (!state)
        return io::fail(state.error());
    if (!state->rx_full())
        return io::fail(io::Error::busy);
    return io::check_present(uart.template read<Data>()).transform([](Data data) {
        return static_cast<std::uint8_t>(data.received());
    });
}

// no_device when it is another one.
template <io::IoOf<Timer> View>
constexpr io::Result<> identify_timer(const View& timer) {
    if (timer.template read<TimerId>().part() != 0x22)
        return io::fail(io::Error::no_device);
    return {};
}

// Counts down from ticks again and again; expired() from the first zero on.
template <io::IoOf<Timer> View>
constexpr void start(const View& timer, std::uint32_t ticks) {
    timer.write(TimerCtrl{});
    timer.write(TimerInt{}.with_expired(true));
    timer.write(TimerReload{}.with_ticks(ticks));
    timer.write(TimerValue{}.with_ticks(ticks));
    timer.write(TimerCtrl{}.with_interrupt(true).with_enable(true));
}
template <io::IoOf<Timer> View>
constexpr void stop(const View& timer) {
    timer.write(TimerCtrl{});
}
// no_device when it has gone.
template <io::IoOf<Timer> View>
constexpr io::Result<bool> expired(const View& timer) {
    return io::check_present(timer.template read<TimerInt>()).transform([](TimerInt now) {
        return now.expired();
    });
}
template <io::IoOf<Timer> View>
constexpr void acknowledge(const View& timer) {
    timer.write(TimerInt{}.with_expired(true));
}

// Waits for the end and acknowledges it; timed_out, no_device.
template <io::IoOf<Timer> View, class Clock>
constexpr io::Result<> wait(const View& timer, Clock& clock) {
    return io::wait_until<TimerInt>(
               timer,
               [](const TimerInt& now) { return now.expired(); },
               io::Timing{look_every, give_up_after},
               clock)
        .transform([&](const TimerInt&) { acknowledge(timer); });
}

} // namespace cmsdk
