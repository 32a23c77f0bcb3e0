// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The timer of the RP2040: microseconds in 64 bits, on a bus of 32. By its datasheet, 4.6. The time
// can be read in two ways: by a pair of registers of which the first read keeps the other, for who
// is alone, and by the raw ones, which run on, for both cores at once.
//
//   if (auto now = rp2040::now(timer)) rp2040::set_alarm(timer, 0, *now + 100);

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/register.hpp>
#include <ioview/register/joined.hpp>
#include <ioview/register/snapshot.hpp>

#include <cstdint>

namespace rp2040 {

namespace io = ioview;

struct Timer : io::Region<0x44> {};

// TIMEHW, TIMELW: nothing happens until the upper half is written; the lower one goes first.
struct TimeHw : io::Register<TimeHw, std::uint32_t, io::fixed<0x00, Timer>, io::wo> {};
struct TimeLw : io::Register<TimeLw, std::uint32_t, io::fixed<0x04, Timer>, io::wo> {};
// TIMEHR, TIMELR: reading the lower half keeps the upper one for its next read.
struct TimeHr : io::Register<TimeHr, std::uint32_t, io::fixed<0x08, Timer>, io::ro> {};
struct TimeLr : io::Register<TimeLr, std::uint32_t, io::fixed<0x0c, Timer>, io::ro> {};
// ALARM0 to 3: goes off when the lower half of the time is this; writing arms it.
struct Alarm : io::Register<Alarm, std::uint32_t, io::array<0x10, 4, 4, Timer>> {};
struct Armed : io::Register<Armed, std::uint32_t, io::fixed<0x20, Timer>> {
    IO_FIELDS(bits(3, 0, alarms, io::w1c));
};
// TIMERAWH, TIMERAWL: without an effect, and running on.
struct TimeRawH : io::Register<TimeRawH, std::uint32_t, io::fixed<0x24, Timer>, io::ro> {};
struct TimeRawL : io::Register<TimeRawL, std::uint32_t, io::fixed<0x28, Timer>, io::ro> {};

struct Pause : io::Register<Pause, std::uint32_t, io::fixed<0x30, Timer>> {
    IO_FIELDS(bit(0, pause));
};
// INTE, INTS: which alarms interrupt, and which do now.
struct Inte : io::Register<Inte, std::uint32_t, io::fixed<0x38, Timer>> {
    IO_FIELDS(bits(3, 0, alarms));
};
struct Ints : io::Register<Ints, std::uint32_t, io::fixed<0x40, Timer>, io::ro> {
    IO_FIELDS(bits(3, 0, alarms));
};

using Time = io::Joined<std::uint64_t, io::stable, TimeRawH, TimeRawL>;
using KeptTime = io::Joined<std::uint64_t, io::low_first, TimeHr, TimeLr>;
using NewTime = io::Joined<std::uint64_t, io::low_first, TimeHw, TimeLw>;

// Microseconds. timed_out where the upper half keeps changing: then it is no timer.
template <io::IoOf<Timer> T>
constexpr io::Result<std::uint64_t> now(const T& timer) {
    return io::try_read_joined<Time>(timer);
}
// In two reads; of the one core that reads so.
template <io::IoOf<Timer> T>
constexpr io::Result<std::uint64_t> now_alone(const T& timer) {
    return io::try_read_joined<KeptTime>(timer);
}
template <io::IoOf<Timer> T>
constexpr io::Result<> set_time(const T& timer, std::uint64_t microseconds) {
    return io::try_write_joined<NewTime>(timer, microseconds);
}

// Alarm number 0 to 3, for a time less than 2^32 microseconds ahead; invalid_argument when it is
// not, out_of_bounds when there is no such alarm.
template <io::IoOf<Timer> T>
constexpr io::Result<> set_alarm(const T& timer, unsigned number, std::uint64_t at) {
    const auto alarm = Alarm::try_at(number);
    if (!alarm)
        return io::fail(alarm.error());
    const auto time = now(timer);
    if (!time)
        return io::fail(time.error());
    if (at <= *time || at - *time > 0xffff'ffff)
        return io::fail(io::Error::invalid_argument);
    return timer.try_write(*alarm, Alarm::from_raw(static_cast<std::uint32_t>(at)));
}

// What a report of an alarm that did not come shows; reading it changes nothing.
template <io::IoOf<Timer> T>
constexpr auto state(const T& timer) {
    return io::try_snapshot<Pause, Armed, Inte, Ints>(timer);
}

} // namespace rp2040
