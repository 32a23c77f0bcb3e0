// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Arm's dual timer: SP804 (Arm DDI 0271D, chapter 3), and that of the Cortex-M System Design Kit
// (Arm DDI 0479D), which has the same registers.
//
//   if (dual_timer::identify(device))
//       auto done = dual_timer::delay(device.subview<dual_timer::Timer>(0x20), 25'000, clock);

#include <ioview/ioview.hpp>

#include <cstdint>

namespace dual_timer {

namespace io = ioview;

// [registers]
// Two timers of 32 bytes each, and what identifies the device.
struct DualTimer : io::Region<0x1000> {};
struct Timer : io::Region<0x20> {};

struct Load : io::Register<Load, std::uint32_t, io::fixed<0x00, Timer>> {
    IO_FIELDS(bits(31, 0, ticks));
};
enum class Prescaler : std::uint8_t { by1, by16, by256 }; // 3 is undefined
enum class Size : std::uint8_t { bits16, bits32 };
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x08, Timer>, io::reset<0x20>> {
    IO_FIELDS(bit(7, enable),
              bit(6, periodic),
              bit(5, interrupt),
              bits(3, 2, prescaler, Prescaler),
              bits(1, 1, size, Size),
              bit(0, one_shot));
};
struct IntClr : io::Register<IntClr, std::uint32_t, io::fixed<0x0c, Timer>, io::wo> {
    IO_FIELDS(bits(31, 0, any)); // whatever is written
};
struct Ris : io::Register<Ris, std::uint32_t, io::fixed<0x10, Timer>, io::ro> {
    static constexpr bool never_all_ones = true; // bits 31 to 1 are zero, so all ones is no device
    IO_FIELDS(bit(0, expired));
};
struct PeriphId : io::Register<PeriphId, std::uint32_t, io::array<0xfe0, 4, 4, DualTimer>, io::ro> {
    IO_FIELDS(bits(7, 0, id));
};
// [/registers]

// [identify]
// no_device when it is another one.
template <io::IoOf<DualTimer> View>
constexpr io::Result<> identify(const View& device) {
    const std::uint32_t low = device.read(PeriphId::at(0)).id();
    const std::uint32_t high = device.read(PeriphId::at(1)).id();
    const std::uint32_t part = (high & 0xf) << 8 | low;
    if (part != 0x804 && part != 0x823)
        return io::fail(io::Error::no_device);
    return {};
}
// [/identify]

// [driver]
// Counts so many ticks down, once, and waits until that is done: timed_out after a second by the
// clock, no_device when the timer has gone. The timer is stopped in any case.
template <io::IoOf<Timer> View, class Clock>
constexpr io::Result<> delay(const View& timer, std::uint32_t ticks, Clock& clock) {
    timer.write(Control{});
    timer.write(IntClr{}.with_any(1));
    timer.write(Load{}.with_ticks(ticks));
    timer.write(Control{}.with_enable(true).with_size(Size::bits32).with_one_shot(true));
    const auto expired = [](Ris now) { return now.expired(); };
    const auto done = io::wait_until<Ris>(timer, expired, io::Timing{10u, 1'000'000u}, clock);
    timer.write(Control{});
    timer.write(IntClr{}.with_any(1));
    return done.transform([](Ris) {});
}
// [/driver]

} // namespace dual_timer
