// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A lamp at a pin of an STM32F407, on registers that ioview-gen made of
// register_maps/stm32f407_blink.svd. By RM0090, 7.3 and 8.4. The Discovery board has lamps at pins
// 12 to 15 of GPIOD, which is port 3.
//
//   stm32f407::enable_port(rcc, 3);
//   const stm32f407::Lamp lamp{gpiod, 12};
//   if (auto ready = lamp.init(); !ready) …
//   stm32f407::blink(lamp, 10, 500'000, clock);

#include <ioview/error.hpp>
#include <ioview/io.hpp>

#include "../register_maps/generated/stm32f407_blink/gpio.hpp"
#include "../register_maps/generated/stm32f407_blink/rcc.hpp"

namespace stm32f407 {

// Its clock on, 0 for GPIOA to 8 for GPIOI; out_of_bounds. What is read back comes late enough for
// the port to answer (errata ES0182, 2.1.13).
template <io::IoOf<Rcc> View>
constexpr io::Result<> enable_port(const View& view, unsigned port) noexcept {
    if (port >= 9)
        return io::fail(io::Error::out_of_bounds);
    IO_MODIFY(view, rcc::Ahb1enr, gpioen(port, true));
    return view.template try_read<rcc::Ahb1enr>().and_then([&](auto enabled) -> io::Result<> {
        if (!IO_GET(enabled, gpioen, port))
            return io::fail(io::Error::no_device);
        return {};
    });
}

template <io::IoOf<Gpio> Port>
class Lamp {
public:
    constexpr Lamp(Port port, unsigned pin) noexcept : port_(port), pin_(pin) {}

    // Dark, then an output that drives both levels; out_of_bounds where there is no such pin.
    constexpr io::Result<> init() const noexcept {
        if (auto dark = set(false); !dark)
            return dark;
        IO_MODIFY(port_, gpio::Otyper, ot(pin_, false));
        IO_MODIFY(port_, gpio::Moder, moder(pin_, gpio::Moder::Mode::output));
        return {};
    }

    // One store, whatever other pins do meanwhile.
    constexpr io::Result<> set(bool on) const noexcept {
        if (pin_ >= 16)
            return io::fail(io::Error::out_of_bounds);
        if (on)
            return port_.try_write(IO_VALUE(gpio::Bsrr, bs(pin_, true)));
        return port_.try_write(IO_VALUE(gpio::Bsrr, br(pin_, true)));
    }

    constexpr io::Result<bool> is_on() const noexcept {
        if (pin_ >= 16)
            return io::fail(io::Error::out_of_bounds);
        return port_.template try_read<gpio::Odr>().transform(
            [&](auto driven) { return bool{IO_GET(driven, odr, pin_)}; });
    }

private:
    Port port_;
    unsigned pin_;
};

// So many times on for half of the period, and off for the other; in the clock's unit.
template <class Port, class Clock, class Duration>
constexpr io::Result<>
blink(const Lamp<Port>& lamp, unsigned times, Duration period, Clock& clock) noexcept {
    for (unsigned i = 0; i < 2 * times; ++i) {
        if (auto done = lamp.set(i % 2 == 0); !done)
            return done;
        clock.sleep_for(period / 2);
    }
    return {};
}

} // namespace stm32f407
