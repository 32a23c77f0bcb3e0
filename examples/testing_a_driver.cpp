// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How to test a driver without its device. Copy this file, put your driver in place of this one,
// and choose the double that fits what you want to know:
//
//   Script    which accesses the driver makes, in which order, width and value
//   Recorder  the same after the fact, as a log to compare, over whatever else answers
//   Faulty    what the driver does when the device is slow, lies, fails or is pulled out
//
// Failures go to io::testing::on_failure(). With Catch2, versions 2 and 3 alike, these two lines
// make them failed checks; without any, as here, they print and end the program:
//
//   #include <catch2/catch_all.hpp>                                   // 2: <catch2/catch.hpp>
//   io::testing::on_failure([](const char* message) { FAIL_CHECK(message); });
//
// To see what a failure looks like, break the driver in one of five ways and read what it says:
//
//   -DBREAK_ORDER    the length is written after the start bit
//   -DBREAK_WIDTH    the length is written in 16 bits
//   -DBREAK_UPDATE   the start forgets the other bits of the register
//   -DBREAK_POLL     the driver looks once, and does not wait
//   -DBREAK_ERRORS   what the wait reports goes unseen
//
// The static_assert below runs the first test in the compiler, where a broken driver does not
// compile; -DRUN_TIME_ONLY leaves it out.

#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <cstdint>
#include <cstdio>

namespace io = ioview;
using io::testing::Faulty;
using io::testing::Log;
using io::testing::Memory;
using io::testing::reads;
using io::testing::Recorder;
using io::testing::report_failure;
using io::testing::Script;
using io::testing::updates;
using io::testing::writes;
constexpr auto rd = io::testing::Op::read; // <unistd.h> has a read and a write of its own
constexpr auto wr = io::testing::Op::write;

// ---- the device: a copy engine ----

struct Length : io::Register<Length, std::uint32_t, io::fixed<0x00>> {
    IO_FIELDS(bits(23, 0, bytes));
};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x04>> {
    IO_FIELDS(bits(15, 8, burst), bit(1, error, io::w1c), bit(0, start));
};
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x08>, io::ro> {
    static constexpr bool never_all_ones = true; // so that a poll sees removal
    IO_FIELDS(bit(0, busy));
};
// Its registers in a list, so that failures know their names.
struct Engine : io::Region<0x10>, io::Registers<Length, Control, Status> {};

// ---- the driver, written once for every kind of space ----

struct Clock { // time that passes only while somebody sleeps
    unsigned time = 0;
    constexpr unsigned now() const { return time; }
    constexpr void sleep_for(unsigned ticks) { time += ticks; }
};

// Copies so many bytes and waits until that is done. The burst size is somebody else's to set.
template <io::IoOf<Engine> View>
constexpr io::Result<> copy(View engine, io::Bounded<std::uint32_t, 24> bytes) {
    const auto start = [&] {
#ifdef BREAK_UPDATE
        engine.write(Control{}.with_start(true));
#else
        engine.template update<Control>([](Control control) { return control.with_start(true); });
#endif
    };
#ifdef BREAK_ORDER
    start();
    engine.write(Length{}.with_bytes(bytes));
#elif defined BREAK_WIDTH
    engine.write16(0x00, static_cast<std::uint16_t>(std::uint32_t{bytes}));
    start();
#else
    engine.write(Length{}.with_bytes(bytes));
    start();
#endif
    Clock clock;
    const auto idle = [](Status status) { return !status.busy(); };
#ifdef BREAK_POLL
    static_cast<void>(clock), static_cast<void>(idle);
    static_cast<void>(engine.template read<Status>());
    return {};
#else
    const auto look = [&] { return engine.template try_read<Status>(); };
    const auto done = io::read_poll_timeout(look, idle, 1u, 10u, clock);
#ifdef BREAK_ERRORS
    static_cast<void>(done);
#else
    if (!done)
        return io::fail(done.error());
#endif
    return {};
#endif
}

constexpr auto a_kilobyte = io::Bounded<std::uint32_t, 24>::masked(1'024u);

// ---- 1. a Script: every access, in order ----

// [script]
constexpr bool makes_these_accesses() {
    Script script{
        writes(Length{}.with_bytes(1'024)),
        // gives garbage, and wants all other bits back
        updates<Control>([](Control control) { return control.with_start(true); }),
        reads(Status::from_raw(1)).times(3), // busy
        reads(Status::from_raw(0)).mask(1),  // done, garbage in the bits that nobody declared
    };
    const auto copied = copy(script.view<Engine>(), a_kilobyte);
    return copied && script.done();
}

#ifndef RUN_TIME_ONLY
static_assert(makes_these_accesses());
#endif
// [/script]

// ---- 2. a Recorder: what happened, over memory that answers ----

// Memory starts as garbage: what the driver reads is set first.
struct Simulated {
    Simulated() {
        memory.view<Engine>().write32(0x04, 0x4000); // a burst size
        memory.view<Engine>().write32(0x08, 0);      // idle
    }
    Memory<0x10> memory;
};

void compare(const Log& expected, const Log& actual) {
    const auto text = io::testing::diff<Engine>(expected, actual);
    if (!text.empty())
        report_failure(("the driver did something else\n" + text).c_str());
}

// [recorder]
void leaves_this_log() {
    Simulated engine;
    Recorder recorder{engine.memory.view<Engine>()};
    if (!copy(recorder.view<Engine>(), a_kilobyte))
        report_failure("copy() failed");
    compare({{wr, 0x00, 4, 1'024}, {rd, 0x04, 4, 0x4000}, {wr, 0x04, 4, 0x4001}, {rd, 0x08, 4, 0}},
            recorder.log());
}
// [/recorder]

// ---- 3. Faulty: the device is pulled out while the driver waits ----

void sees_that_it_is_gone() {
    Simulated engine;
    Faulty faulty{engine.memory.view<Engine>()};
    Recorder recorder{faulty.view<Engine>()};
    faulty.delay<std::uint32_t>(0x08, 1, 1, 2); // busy for two reads
    faulty.unplug_after(4);                     // and after the first of them it is gone
    const auto copied = copy(recorder.view<Engine>(), a_kilobyte);
    compare({{wr, 0x00, 4, 1'024},
             {rd, 0x04, 4, 0x4000},
             {wr, 0x04, 4, 0x4001},
             {rd, 0x08, 4, 1},
             {rd, 0x08, 4, 0xffff'ffff}},
            recorder.log());
    if (copied || copied.error() != io::Error::no_device)
        report_failure("copy() did not say no_device");
}

int main() {
    if (!makes_these_accesses())
        report_failure("copy() failed");
    leaves_this_log();
    sees_that_it_is_gone();
    std::puts("3 tests passed");
}
