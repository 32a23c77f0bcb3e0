// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The digital thermometer of each core of an Intel CPU, in its model-specific registers: Intel's
// Software Developer's Manual, volume 3, "Reading the Digital Sensor", and volume 4 for the
// numbers.
//
//   io::Result<int> now = intel_thermal::temperature(io::sys_regs);     // in °C, in a kernel
//
// A CPU that has no such register traps; where that is caught, the result is unsupported.

#include <ioview/backend/sys_reg.hpp>
#include <ioview/error.hpp>
#include <ioview/register.hpp>

#include <cstdint>

namespace intel_thermal {

namespace io = ioview;

struct ThermStatus : io::Register<ThermStatus, std::uint64_t, io::msr<0x19c>> {
    IO_FIELDS(bit(31, valid, io::ro),
              bits(30, 27, resolution, io::ro),
              bits(22, 16, below_target, io::ro), // degrees
              // logs: sticky until a zero is written
              bit(9, was_past_threshold_2, io::w0c),
              bit(7, was_past_threshold_1, io::w0c),
              bit(5, was_critical, io::w0c),
              bit(3, was_prochot, io::w0c),
              bit(1, was_hot, io::w0c),
              bit(0, is_hot, io::ro));
};
struct TemperatureTarget : io::Register<TemperatureTarget, std::uint64_t, io::msr<0x1a2>, io::ro> {
    IO_FIELDS(bits(23, 16, degrees));
};

// busy when the sensor has no valid reading.
template <class Regs>
constexpr io::Result<int> temperature(const Regs& regs) {
    const auto target = regs.template try_read<TemperatureTarget>();
    if (!target)
        return io::fail(target.error());
    const auto status = regs.template try_read<ThermStatus>();
    if (!status)
        return io::fail(status.error());
    if (!status->valid())
        return io::fail(io::Error::busy);
    return static_cast<int>(target->degrees()) - static_cast<int>(status->below_target());
}

// Whether it was too hot since this was asked last.
template <class Regs>
constexpr io::Result<bool> take_was_hot(const Regs& regs) {
    const auto status = regs.template try_read<ThermStatus>();
    if (!status)
        return io::fail(status.error());
    if (!status->was_hot())
        return false;
    const auto done = regs.template try_update<ThermStatus>(
        [](ThermStatus old) { return old.with_was_hot(false); });
    if (!done)
        return io::fail(done.error());
    return true;
}

} // namespace intel_thermal
