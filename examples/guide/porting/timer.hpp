// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A timer, by ioview: what each of the other headers here becomes.

#include <ioview/ioview.hpp>

#include <cstdint>

namespace ported {

namespace io = ioview;

// [registers]
struct Timer : io::Region<0x20> {};

enum class Clock : std::uint8_t { internal, external, cascade };

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x00, Timer>> {
    IO_FIELDS(bits(9, 8, clock, Clock), bits(6, 4, prescaler), bit(0, enable));
};
struct Load : io::Register<Load, std::uint32_t, io::fixed<0x04, Timer>> {
    IO_FIELDS(bits(31, 0, ticks));
};
struct Value : io::Register<Value, std::uint32_t, io::fixed<0x08, Timer>, io::ro> {
    IO_FIELDS(bits(31, 0, ticks));
};
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0c, Timer>, io::w1c> {
    IO_FIELDS(bit(1, overrun), bit(0, expired));
};
struct Compare : io::Register<Compare, std::uint32_t, io::array<0x10, 4, 4, Timer>> {
    IO_FIELDS(bits(31, 0, ticks));
};
// [/registers]

// [driver]
template <io::IoOf<Timer> View>
void start(const View& timer, std::uint32_t ticks) {
    timer.write(Load{}.with_ticks(ticks));
    timer.template update<Control>([](Control control) {
        return control.with_clock(Clock::external).with_prescaler(5).with_enable(true);
    });
}
template <io::IoOf<Timer> View>
void acknowledge(const View& timer) {
    timer.write(Status{}.with_expired(true));
}
// [/driver]

} // namespace ported
