// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The pins of the nRF52840, on registers that ioview-gen made of register_maps/nrf52840_gpio.svd:
// P0 has pins 0 to 31, P1 0 to 15. A pin that there is not is out_of_bounds, and nothing is
// written.
//
//   nrf52840::configure(p0, 13, {.direction = nrf52840::Direction::output});
//   nrf52840::set(p0, 13, true);

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/presence.hpp>

#include "../register_maps/generated/nrf52840_gpio/gpio.hpp"

#include <cstdint>

namespace nrf52840 {

using Direction = gpio::PinCnf::Direction;
using Drive = gpio::PinCnf::Drive;
using InputBuffer = gpio::PinCnf::InputBuffer;
using Pull = gpio::PinCnf::Pull;
using Sense = gpio::PinCnf::Sense;

struct PinConfig {
    Direction direction = Direction::input;
    InputBuffer input = InputBuffer::disconnected;
    Pull pull = Pull::disabled;
    Drive drive = Drive::s0s1;
    Sense sense = Sense::disabled;
};

// One store, which is the pin's alone.
template <io::IoOf<Gpio> Port>
constexpr io::Result<> configure(const Port& port, unsigned pin, const PinConfig& config) noexcept {
    return gpio::PinCnf::try_at(pin).and_then([&](auto place) {
        return port.try_write(place,
                              IO_VALUE(gpio::PinCnf,
                                       sense(config.sense),
                                       drive(config.drive),
                                       pull(config.pull),
                                       input(config.input),
                                       dir(config.direction)));
    });
}

// One store, whatever other pins do meanwhile.
template <io::IoOf<Gpio> Port>
constexpr io::Result<> set(const Port& port, unsigned pin, bool level) noexcept {
    if (pin >= 32)
        return io::fail(io::Error::out_of_bounds);
    if (level)
        return port.try_write(IO_VALUE(gpio::Outset, pin(pin, true)));
    return port.try_write(IO_VALUE(gpio::Outclr, pin(pin, true)));
}

// The other level than the one that is driven; one owner a pin.
template <io::IoOf<Gpio> Port>
constexpr io::Result<> toggle(const Port& port, unsigned pin) noexcept {
    if (pin >= 32)
        return io::fail(io::Error::out_of_bounds);
    return port.template try_read<gpio::Out>().and_then(
        [&](auto driven) { return set(port, pin, !IO_GET(driven, pin, pin)); });
}

// What is on the pin, of which the input is connected.
template <io::IoOf<Gpio> Port>
constexpr io::Result<bool> get(const Port& port, unsigned pin) noexcept {
    if (pin >= 32)
        return io::fail(io::Error::out_of_bounds);
    return port.template try_read<gpio::In>().transform(
        [&](auto levels) { return bool{IO_GET(levels, pin, pin)}; });
}

// The pins that were as their sense says since they were taken last, a bit each. Those that come
// meanwhile stay.
template <io::IoOf<Gpio> Port>
constexpr io::Result<std::uint32_t> take_latched(const Port& port) noexcept {
    return port.template try_read<gpio::Latch>().and_then([&](auto latched) {
        return port.try_write(latched).transform([&] { return latched.raw(); });
    });
}

} // namespace nrf52840
