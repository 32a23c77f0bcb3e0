// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The TMP102 temperature sensor on I2C, by its data sheet: Texas Instruments SBOS397, sections 7.3
// and 7.5. Four registers of 16 bits, the high byte first; one transaction is of one register.
//
//   auto sensor = io::on_bus<tmp102::Tmp102, tmp102::format>(i2c);
//   if (auto ready = tmp102::start(sensor, tmp102::Rate::four); !ready) …
//   io::Result<int> now = tmp102::temperature(sensor);     // in 1/16 °C

#include <ioview/backend/bus.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/register.hpp>

#include <cstdint>

namespace tmp102 {

namespace io = ioview;

inline constexpr io::BusFormat format{.address_bits = 2, .register_bytes = 2, .increments = false};

struct Tmp102 : io::Region<8> {};

enum class Rate : std::uint8_t { quarter, one, four, eight }; // conversions a second

// 7.5.2: of 12 bits, 7.5.3: extended says 13; two's complement from the highest bit down.
struct Temperature : io::Register<Temperature, std::uint16_t, io::fixed<0, Tmp102>, io::ro> {
    IO_FIELDS(bits(15, 3, value), bit(0, extended));
};
// 7.5.3
struct Configuration : io::Register<Configuration, std::uint16_t, io::fixed<2, Tmp102>> {
    IO_FIELDS(bit(15, one_shot),
              bits(14, 13, resolution, io::ro),
              bits(12, 11, faults),
              bit(10, active_high),
              bit(9, interrupt_mode),
              bit(8, shutdown),
              bits(7, 6, rate, Rate),
              bit(5, alert, io::ro),
              bit(4, extended));
};
// 7.5.4: the alert goes off below low and on above high.
struct Low : io::Register<Low, std::uint16_t, io::fixed<4, Tmp102>> {
    IO_FIELDS(bits(15, 4, value));
};
struct High : io::Register<High, std::uint16_t, io::fixed<6, Tmp102>> {
    IO_FIELDS(bits(15, 4, value));
};

// Converts by itself from now on. no_device when it is another chip: the two bits of the resolution
// are always 1 (7.5.3).
template <io::IoOf<Tmp102> Sensor>
constexpr io::Result<> start(const Sensor& sensor, Rate rate) {
    const auto was = sensor.template try_read<Configuration>();
    if (!was)
        return io::fail(was.error());
    if (was->resolution() != 3)
        return io::fail(io::Error::no_device);
    return sensor.try_write(was->with_shutdown(false).with_extended(true).with_rate(rate));
}

// In 1/16 °C.
template <io::IoOf<Tmp102> Sensor>
constexpr io::Result<int> temperature(const Sensor& sensor) {
    const auto now = sensor.template try_read<Temperature>();
    if (!now)
        return io::fail(now.error());
    const int bits = now->value();
    const int value = now->extended() ? bits : bits >> 1;
    const int sign = now->extended() ? 1 << 12 : 1 << 11;
    return (value ^ sign) - sign;
}

} // namespace tmp102
