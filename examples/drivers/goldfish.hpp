// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Terminal and clock of the goldfish machines (QEMU's goldfish_tty and goldfish_rtc). They are as
// the machine is: Word is std::uint32_t where they are little-endian (RISC-V), and
// io::be<std::uint32_t> on the m68k.
//
//   using Rtc = goldfish::Rtc<io::be<std::uint32_t>>;
//   auto ns = goldfish::now(io::Mmio<Rtc>::from_raw(raw));

#include <ioview/dma/handover.hpp>
#include <ioview/endian.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/presence.hpp>
#include <ioview/register.hpp>

#include <cstdint>

namespace goldfish {

namespace io = ioview;

template <class Word>
struct Tty : io::Region<0x24> {
    using Stored = Word;
};
template <class Word>
struct Rtc : io::Region<0x20> {
    using Stored = Word;
};

template <class Word>
struct PutChar : io::Register<PutChar<Word>, Word, io::fixed<0x00, Tty<Word>>, io::wo> {};
template <class Word>
struct BytesReady : io::Register<BytesReady<Word>, Word, io::fixed<0x04, Tty<Word>>, io::ro> {};
template <class Word>
struct Command : io::Register<Command<Word>, Word, io::fixed<0x08, Tty<Word>>, io::wo> {};
template <class Word>
struct DataPointer : io::Register<DataPointer<Word>, Word, io::fixed<0x10, Tty<Word>>, io::wo> {};
template <class Word>
struct DataLength : io::Register<DataLength<Word>, Word, io::fixed<0x14, Tty<Word>>, io::wo> {};
template <class Word>
struct DataPointerHigh
    : io::Register<DataPointerHigh<Word>, Word, io::fixed<0x18, Tty<Word>>, io::wo> {};
template <class Word>
struct Version : io::Register<Version<Word>, Word, io::fixed<0x20, Tty<Word>>, io::ro> {};

// Reading the low half keeps the high one for the next read of it; alarms and times are set by the
// high half first.
template <class Word>
struct TimeLow : io::Register<TimeLow<Word>, Word, io::fixed<0x00, Rtc<Word>>> {};
template <class Word>
struct TimeHigh : io::Register<TimeHigh<Word>, Word, io::fixed<0x04, Rtc<Word>>> {};
template <class Word>
struct AlarmLow : io::Register<AlarmLow<Word>, Word, io::fixed<0x08, Rtc<Word>>> {};
template <class Word>
struct AlarmHigh : io::Register<AlarmHigh<Word>, Word, io::fixed<0x0c, Rtc<Word>>> {};
template <class Word>
struct ClearAlarm : io::Register<ClearAlarm<Word>, Word, io::fixed<0x14, Rtc<Word>>, io::wo> {};
template <class Word>
struct AlarmStatus : io::Register<AlarmStatus<Word>, Word, io::fixed<0x18, Rtc<Word>>, io::ro> {};

// no_device when the version is none that is known.
template <class Word, io::IoOf<Tty<Word>> View>
constexpr io::Result<> identify(const View& tty) {
    if (tty.template read<Version<Word>>().raw() > 1)
        return io::fail(io::Error::no_device);
    return {};
}
template <class Word, io::IoOf<Tty<Word>> View>
constexpr void put(const View& tty, std::uint8_t c) {
    tty.write(PutChar<Word>::from_raw(c));
}
// All of the memory at once, which the terminal reads by itself before this returns. overflow, and
// nothing is done, for 4 GiB or more.
template <class Word, io::IoOf<Tty<Word>> View, class Memory>
constexpr io::Result<> put_all(const View& tty, const Memory& from) {
    const std::uint64_t bytes = from.size_bytes();
    if (bytes > 0xffff'ffff)
        return io::fail(io::Error::overflow);
    constexpr std::uint32_t write_buffer = 2;
    const std::uint64_t address = from.dma_address();
    tty.write(DataPointer<Word>::from_raw(static_cast<std::uint32_t>(address)));
    tty.write(DataPointerHigh<Word>::from_raw(static_cast<std::uint32_t>(address >> 32)));
    tty.write(DataLength<Word>::from_raw(static_cast<std::uint32_t>(bytes)));
    io::publish(tty.template view_of<Command<Word>>(), Command<Word>::from_raw(write_buffer));
    return {};
}

// Nanoseconds since 1970; no_device when it has gone, which a time from 2554 on cannot be told
// from.
template <class Word, io::IoOf<Rtc<Word>> View>
constexpr io::Result<std::uint64_t> now(const View& rtc) {
    const std::uint64_t low = rtc.template read<TimeLow<Word>>().raw();
    return io::check_present(rtc.template read<TimeHigh<Word>>()).transform([=](auto high) {
        return std::uint64_t{high.raw()} << 32 | low;
    });
}
template <class Word, io::IoOf<Rtc<Word>> View>
constexpr void set_time(const View& rtc, std::uint64_t ns) {
    rtc.write(TimeHigh<Word>::from_raw(static_cast<std::uint32_t>(ns >> 32)));
    rtc.write(TimeLow<Word>::from_raw(static_cast<std::uint32_t>(ns)));
}
template <class Word, io::IoOf<Rtc<Word>> View>
constexpr void set_alarm(const View& rtc, std::uint64_t ns) {
    rtc.write(AlarmHigh<Word>::from_raw(static_cast<std::uint32_t>(ns >> 32)));
    rtc.write(AlarmLow<Word>::from_raw(static_cast<std::uint32_t>(ns)));
}
// no_device when it has gone.
template <class Word, io::IoOf<Rtc<Word>> View>
constexpr io::Result<bool> alarm_is_set(const View& rtc) {
    return io::check_present(rtc.template read<AlarmStatus<Word>>()).transform([](auto status) {
        return status.raw() != 0;
    });
}
template <class Word, io::IoOf<Rtc<Word>> View>
constexpr void clear_alarm(const View& rtc) {
    rtc.write(ClearAlarm<Word>::from_raw(1));
}

} // namespace goldfish
