// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The PrimeCell real time clock (PL031), by its manual: Arm DDI 0224C, chapter 3. It counts seconds
// from a value that software loads, once it is started: RTCCR (3.3.4), which is left to firmware,
// since a second write there sets the clock back to zero.
//
//   if (auto clock = pl031::identify(rtc); !clock) …
//   if (auto now = pl031::now(rtc)) pl031::set_alarm(rtc, *now + 10);

#include <ioview/error.hpp>
#include <ioview/flush.hpp>
#include <ioview/io.hpp>
#include <ioview/presence.hpp>
#include <ioview/register.hpp>

#include <cstdint>

namespace pl031 {

namespace io = ioview;

struct Pl031 : io::Region<0x1000> {};

// 3.3.1 RTCDR, 3.3.2 RTCMR, 3.3.3 RTCLR: seconds.
struct Dr : io::Register<Dr, std::uint32_t, io::fixed<0x00, Pl031>, io::ro> {
    IO_FIELDS(bits(31, 0, seconds));
};
struct Mr : io::Register<Mr, std::uint32_t, io::fixed<0x04, Pl031>> {
    IO_FIELDS(bits(31, 0, seconds));
};
struct Lr : io::Register<Lr, std::uint32_t, io::fixed<0x08, Pl031>> {
    IO_FIELDS(bits(31, 0, seconds));
};
// 3.3.5 RTCIMSC, 3.3.6 RTCRIS, 3.3.8 RTCICR.
struct Imsc : io::Register<Imsc, std::uint32_t, io::fixed<0x10, Pl031>> {
    IO_FIELDS(bit(0, alarm));
};
struct Ris : io::Register<Ris, std::uint32_t, io::fixed<0x14, Pl031>, io::ro> {
    IO_FIELDS(bit(0, alarm));
};
struct Icr : io::Register<Icr, std::uint32_t, io::fixed<0x1c, Pl031>, io::wo> {
    IO_FIELDS(bit(0, alarm));
};
// 3.4 RTCPeriphID0 to 3, a byte each: 0x31, 0x10, r4, 0x00.
struct PeriphId : io::Register<PeriphId, std::uint32_t, io::array<0xfe0, 4, 4, Pl031>, io::ro> {
    IO_FIELDS(bits(7, 0, id));
};

// no_device when it is another one.
template <io::IoOf<Pl031> Rtc>
constexpr io::Result<> identify(const Rtc& rtc) {
    const auto low = rtc.read(PeriphId::at(0)).id();
    const auto high = rtc.read(PeriphId::at(1)).id();
    if (low != 0x31 || high != 0x10)
        return io::fail(io::Error::no_device);
    return {};
}

// no_device when it has gone: all ones may well be a time, but not together with the status.
template <io::IoOf<Pl031> Rtc>
constexpr io::Result<std::uint32_t> now(const Rtc& rtc) {
    const auto time = rtc.template read<Dr>();
    if (io::is_gone(time) && io::is_gone(rtc.template read<Ris>()))
        return io::fail(io::Error::no_device);
    return static_cast<std::uint32_t>(time.seconds());
}
template <io::IoOf<Pl031> Rtc>
constexpr void set_time(const Rtc& rtc, std::uint32_t seconds) {
    rtc.write(Lr{}.with_seconds(seconds));
}

// When the clock comes to the time, alarm_is_up() until clear_alarm(); no_device when it has gone.
template <io::IoOf<Pl031> Rtc>
constexpr void set_alarm(const Rtc& rtc, std::uint32_t seconds) {
    rtc.write(Mr{}.with_seconds(seconds));
}
template <io::IoOf<Pl031> Rtc>
constexpr io::Result<bool> alarm_is_up(const Rtc& rtc) {
    return io::check_present(rtc.template read<Ris>()).transform([](Ris now) {
        return now.alarm();
    });
}
// The interrupt's line is down when this returns.
template <io::IoOf<Pl031> Rtc>
constexpr void clear_alarm(const Rtc& rtc) {
    rtc.write(Icr{}.with_alarm(true));
    io::flush<Ris>(rtc);
}

} // namespace pl031
