// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Motors and drive select of the PC's diskette controller: the digital output register at 0x3f2
// (IBM PC/AT Technical Reference, diskette adapter). It is write-only, and one byte has the motors
// of all drives: who starts the second must know that the first is running.
//
//   floppy::Motors motors;
//   motors.reset(ports, clock);
//   if (auto on = motors.start(ports, 1); !on) …

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/register.hpp>
#include <ioview/register/shadow.hpp>

#include <cstdint>

namespace floppy {

namespace io = ioview;

struct Ports : io::Region<8, 1> {}; // from 0x3f0

struct Dor : io::Register<Dor, std::uint8_t, io::fixed<2, Ports>, io::wo> {
    IO_FIELDS(bits(7, 4, motors), // a bit a drive
              bit(3, dma_and_interrupts),
              bit(2, not_reset),
              bits(1, 0, drive));
};

class Motors {
public:
    static constexpr int drives = 4;

    // The controller is reset and let go again; all motors are off, drive 0 is selected.
    template <io::IoOf<Ports> View, class Clock>
    constexpr io::Result<> reset(const View& ports, Clock& clock) {
        if (auto done = dor_.try_write(ports, Dor{}); !done)
            return done;
        clock.sleep_for(4); // us; the controller asks for 3.5 at 250 kb/s
        return dor_.try_update(
            ports, [](Dor d) { return d.with_not_reset(true).with_dma_and_interrupts(true); });
    }
    // Starts the motor of a drive and selects it, others run on; out_of_bounds for a drive that is
    // none, invalid_argument before a reset.
    template <io::IoOf<Ports> View>
    constexpr io::Result<> start(const View& ports, int drive) {
        const auto number = io::Bounded<std::uint8_t, 2>::try_new(drive);
        if (!number)
            return io::fail(io::Error::out_of_bounds);
        return dor_.try_update(ports, [&](Dor d) {
            return d.with_motors(motors_of(d.motors() | 1u << drive)).with_drive(*number);
        });
    }
    // Stops the motor of a drive.
    template <io::IoOf<Ports> View>
    constexpr io::Result<> stop(const View& ports, int drive) {
        if (drive < 0 || drive >= drives)
            return io::fail(io::Error::out_of_bounds);
        return dor_.try_update(
            ports, [&](Dor d) { return d.with_motors(motors_of(d.motors() & ~(1u << drive))); });
    }

private:
    static constexpr io::Bounded<std::uint8_t, 4> motors_of(unsigned on) {
        return io::Bounded<std::uint8_t, 4>::masked(static_cast<std::uint8_t>(on));
    }

    io::Shadow<Dor> dor_;
};

} // namespace floppy
