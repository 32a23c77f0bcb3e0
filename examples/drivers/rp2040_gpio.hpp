// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Pins of the RP2040, by its datasheet: GPIO outputs (2.3.1.7, SIO), the reset controller (2.14)
// and the functions of pins (2.19.6, IO_BANK0). Both cores and their handlers share all of them,
// and none needs a lock: the device has an address beside each register that sets, one that clears
// and one that toggles bits (2.1.2, atomic register access; in SIO, registers of their own).
//
//   if (auto up = rp2040::start(resets, io_bank, clock); !up) …
//   rp2040::make_output(sio, io_bank, 25);
//   rp2040::toggle(sio, 25);

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/register.hpp>
#include <ioview/register/set_clear.hpp>

#include <cstdint>

namespace rp2040 {

namespace io = ioview;

struct Sio : io::Region<0x180> {};         // 0xd000'0000
struct ResetBlock : io::Region<0x4000> {}; // 0x4000'c000, with its aliases
struct IoBank0 : io::Region<0x4000> {};    // 0x4001'4000

inline constexpr int pins = 30;

// 2.3.1.7 GPIO_OUT and GPIO_OE, a bit a pin.
using NextThree = io::companions<io::set_at<4>, io::clear_at<8>, io::toggle_at<12>>;
struct Out : io::Register<Out, std::uint32_t, io::fixed<0x010, Sio>> {
    IO_FIELDS(reserved(31, 30), bits(29, 0, levels));
    using Companions = NextThree;
};
struct Oe : io::Register<Oe, std::uint32_t, io::fixed<0x020, Sio>> {
    IO_FIELDS(reserved(31, 30), bits(29, 0, enabled));
    using Companions = NextThree;
};

// 2.1.2: of every register of a peripheral.
using Atomic = io::companions<io::toggle_at<0x1000>, io::set_at<0x2000>, io::clear_at<0x3000>>;

// 2.14.3 RESET, RESET_DONE: those that the pins need.
struct Reset : io::Register<Reset, std::uint32_t, io::fixed<0x0, ResetBlock>> {
    IO_FIELDS(bit(8, pads_bank0), bit(5, io_bank0));
    using Companions = Atomic;
};
struct ResetDone : io::Register<ResetDone, std::uint32_t, io::fixed<0x8, ResetBlock>, io::ro> {
    IO_FIELDS(bit(8, pads_bank0), bit(5, io_bank0));
};

// 2.19.6.1 GPIOn_CTRL, of which the function alone is changed here.
enum class Function : std::uint8_t {
    spi = 1,
    uart,
    i2c,
    pwm,
    sio,
    pio0,
    pio1,
    clock,
    usb,
    none = 31
};
struct PinCtrl : io::Register<PinCtrl, std::uint32_t, io::array<0x4, pins, 8, IoBank0>> {
    IO_FIELDS(bits(29, 28, irq_override),
              bits(17, 16, in_override),
              bits(13, 12, oe_override),
              bits(9, 8, out_override),
              bits(4, 0, function, Function));
    using Companions = Atomic;
};

// Microseconds.
inline constexpr std::uint64_t look_every = 1;
inline constexpr std::uint64_t give_up_after = 1'000;

// Takes pins and pads out of reset, and waits until they are; timed_out.
template <io::IoOf<ResetBlock> View, class Clock>
constexpr io::Result<> start(const View& resets, Clock& clock) {
    io::clear_bits(resets, Reset{}.with_io_bank0(true).with_pads_bank0(true));
    return io::wait_until<ResetDone>(
               resets,
               [](ResetDone done) { return done.io_bank0() && done.pads_bank0(); },
               io::Timing{look_every, give_up_after},
               clock)
        .transform([](ResetDone) {});
}

// One bit; out_of_bounds for a pin that is none.
constexpr io::Result<io::Bounded<std::uint32_t, pins>> bit_of(int pin) {
    if (pin < 0 || pin >= pins)
        return io::fail(io::Error::out_of_bounds);
    return io::Bounded<std::uint32_t, pins>::masked(std::uint32_t{1} << pin);
}

// The pin is an output that software drives, low at first. The function is five bits, whose old
// value nobody needs: those that are not the new one's are cleared, then the new one's set.
template <io::IoOf<Sio> View, io::IoOf<IoBank0> Bank>
constexpr io::Result<> make_output(const View& sio, const Bank& bank, int pin) {
    const auto bit = bit_of(pin);
    if (!bit)
        return io::fail(bit.error());
    io::clear_bits(sio, Out{}.with_levels(*bit));
    io::set_bits(sio, Oe{}.with_enabled(*bit));
    return io::try_update_by_companions(
        bank, *PinCtrl::try_at(pin), [](PinCtrl c) { return c.with_function(Function::sio); });
}

template <io::IoOf<Sio> View>
constexpr io::Result<> put(const View& sio, int pin, bool level) {
    const auto bit = bit_of(pin);
    if (!bit)
        return io::fail(bit.error());
    if (level)
        io::set_bits(sio, Out{}.with_levels(*bit));
    else
        io::clear_bits(sio, Out{}.with_levels(*bit));
    return {};
}
template <io::IoOf<Sio> View>
constexpr io::Result<> toggle(const View& sio, int pin) {
    return bit_of(pin).transform([&](auto bit) { io::toggle_bits(sio, Out{}.with_levels(bit)); });
}

} // namespace rp2040
