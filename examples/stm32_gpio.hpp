// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A GPIO port of the STM32F4, with the names of its manual: ST RM0090, section 8.4. Each register
// is an array of fields, one for each of 16 pins.
//
//   auto port = io::Mmio<stm32_gpio::Gpio>::from_raw(reinterpret_cast<void*>(0x4002'0c00));
//   auto ready = stm32_gpio::configure(port, 12, {.mode = stm32_gpio::Mode::output});
//   auto lit = stm32_gpio::set(port, 12, true);

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/register.hpp>
#include <ioview/register/field_array.hpp>

#include <cstdint>

namespace stm32_gpio {

namespace io = ioview;

enum class Mode : std::uint8_t { input, output, alternate, analog };
enum class Speed : std::uint8_t { low, medium, high, very_high };
enum class Pull : std::uint8_t { none, up, down };

// What Moder, Ospeedr and Pupdr hold after a reset is not the same for all ports: 8.4.1.
struct Moder : io::Register<Moder, std::uint32_t, io::fixed<0x00>> {
    IO_FIELDS(array(31, 0, moder, 16, Mode));
};
struct Otyper : io::Register<Otyper, std::uint32_t, io::fixed<0x04>, io::reset<0>> {
    IO_FIELDS(reserved(31, 16), array(15, 0, otyper, 16)); // open drain
};
struct Ospeedr : io::Register<Ospeedr, std::uint32_t, io::fixed<0x08>> {
    IO_FIELDS(array(31, 0, ospeedr, 16, Speed));
};
struct Pupdr : io::Register<Pupdr, std::uint32_t, io::fixed<0x0c>> {
    IO_FIELDS(array(31, 0, pupdr, 16, Pull));
};
struct Idr : io::Register<Idr, std::uint32_t, io::fixed<0x10>, io::ro> {
    IO_FIELDS(array(15, 0, idr, 16));
};
struct Odr : io::Register<Odr, std::uint32_t, io::fixed<0x14>, io::reset<0>> {
    IO_FIELDS(reserved(31, 16), array(15, 0, odr, 16));
};
// Ones set or clear a bit of Odr each, zeros do nothing.
struct Bsrr : io::Register<Bsrr, std::uint32_t, io::fixed<0x18>, io::wo> {
    IO_FIELDS(array(31, 16, br, 16), array(15, 0, bs, 16));
};
// Afrl and Afrh: the alternate functions of pins 0 to 7, and of 8 to 15.
struct Afr : io::Register<Afr, std::uint32_t, io::array<0x20, 2>, io::reset<0>> {
    IO_FIELDS(array(31, 0, afr, 8));
};

struct Gpio : io::Region<0x400>,
              io::Registers<Moder, Otyper, Ospeedr, Pupdr, Idr, Odr, Bsrr, Afr> {};

struct Config {
    Mode mode = Mode::input;
    Pull pull = Pull::none;
    Speed speed = Speed::low;
    bool open_drain = false;
    unsigned function = 0; // of Mode::alternate: 0 to 15
};

// The mode last, so that a pin is driven as it shall be from the start. out_of_bounds where there
// is no such pin, overflow where there is no such function; nothing is written then.
template <io::IoOf<Gpio> Port>
constexpr io::Result<> configure(const Port& port, unsigned pin, const Config& config) noexcept {
    const auto functions = Afr::try_at(pin / 8);
    if (!functions)
        return io::fail(functions.error());
    const auto function = port.read(*functions).try_with_afr(pin % 8, config.function);
    if (!function)
        return io::fail(function.error());
    port.write(*functions, *function);
    port.template update<Otyper>([&](Otyper r) { return r.with_otyper(pin, config.open_drain); });
    port.template update<Ospeedr>([&](Ospeedr r) { return r.with_ospeedr(pin, config.speed); });
    port.template update<Pupdr>([&](Pupdr r) { return r.with_pupdr(pin, config.pull); });
    port.template update<Moder>([&](Moder r) { return r.with_moder(pin, config.mode); });
    return {};
}

// One store, whatever other pins do meanwhile; out_of_bounds.
template <io::IoOf<Gpio> Port>
constexpr io::Result<> set(const Port& port, unsigned pin, bool level) noexcept {
    return (level ? Bsrr{}.try_with_bs(pin, true) : Bsrr{}.try_with_br(pin, true))
        .transform([&](Bsrr bits) { port.write(bits); });
}

// What is on the pin; out_of_bounds.
template <io::IoOf<Gpio> Port>
constexpr io::Result<bool> get(const Port& port, unsigned pin) noexcept {
    if (pin >= 16)
        return io::fail(io::Error::out_of_bounds);
    return port.template read<Idr>().idr(pin);
}

} // namespace stm32_gpio
