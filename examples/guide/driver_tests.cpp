// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The tests of dual_timer.hpp, in the order in which they were written, each against the driver as
// it was before too.
// run: nothing -> driver_tests.nothing.expected
// run: draft -> driver_tests.draft.expected
#include <ioview/testing.hpp>

#include "drivers/dual_timer.hpp"

#include <cstdio>
#include <cstring>

namespace {

namespace io = ioview;
using namespace dual_timer;
using io::testing::Faulty;
using io::testing::Memory;
using io::testing::reads;
using io::testing::report_failure;
using io::testing::Script;
using io::testing::writes;

// [clock]
struct Clock { // passes only while somebody sleeps
    unsigned us = 0;
    constexpr unsigned now() const { return us; }
    constexpr void sleep_for(unsigned time) { us += time; }
};
// [/clock]

// [accesses]
// Stop, forget the last time, load, start; look until it has expired; stop.
template <class Delay>
constexpr bool counts_once(Delay delay) {
    Script script{
        writes(Control::from_raw(0x00)),
        writes<IntClr>(), // of any value
        writes(Load::from_raw(2'500)),
        writes(Control::from_raw(0x83)),  // enabled, 32 bits, once
        reads(Ris::from_raw(0)).times(3), // not yet
        reads(Ris::from_raw(1)),
        writes(Control::from_raw(0x00)),
        writes<IntClr>(),
    };
    Clock clock;
    const io::Result<> done = delay(script.view<Timer>(), 2'500, clock);
    return done && script.done();
}
// [/accesses]

// [nothing]
constexpr auto nothing = [](auto, std::uint32_t, Clock&) { return io::Result<>{}; };
// [/nothing]

// [draft]
constexpr auto draft = [](auto timer, std::uint32_t ticks, Clock& clock) -> io::Result<> {
    timer.write(Control{});
    timer.write(IntClr{}.with_any(1));
    timer.write(Load{}.with_ticks(ticks));
    timer.write(Control{}.with_enable(true).with_size(Size::bits32).with_one_shot(true));
    const auto expired = [](Ris now) { return now.expired(); };
    const auto done = io::wait_until<Ris>(timer, expired, io::Timing{10u, 1'000'000u}, clock);
    if (!done)
        return io::fail(done.error());
    timer.write(Control{});
    timer.write(IntClr{}.with_any(1));
    return {};
};
// [/draft]

// [static]
constexpr auto finished = [](auto timer, std::uint32_t ticks, Clock& clock) {
    return delay(timer, ticks, clock);
};
static_assert(counts_once(finished));
// [/static]

// [stuck]
// The timer has no clock: it never expires. The driver gives up, and does not leave it running.
template <class Delay>
void gives_up(Delay delay) {
    Memory<0x20> memory;
    Faulty stuck{memory.view<Timer>()};
    stuck.stick<std::uint32_t>(0x10, 0xffff'ffff, 0); // RIS
    Clock clock;
    const io::Result<> done = delay(stuck.view<Timer>(), 2'500, clock);
    if (done || done.error() != io::Error::timed_out)
        report_failure("a timer that never expires: not timed_out");
    if (memory.view<Timer>().read<Control>().enable())
        report_failure("a timer that never expires: left running");
}
// [/stuck]

// [gone]
// The board is pulled out while the driver waits.
template <class Delay>
void sees_that_it_is_gone(Delay delay) {
    Memory<0x20> memory;
    memory.view<Timer>().write32(0x10, 0); // running
    Faulty pulled{memory.view<Timer>()};
    pulled.unplug_after(6); // four writes and two looks
    Clock clock;
    const io::Result<> done = delay(pulled.view<Timer>(), 2'500, clock);
    if (done || done.error() != io::Error::no_device)
        report_failure("a timer that is gone: not no_device");
}
// [/gone]

void other_devices_are_refused() {
    Memory<0x1000> memory;
    const auto device = memory.view<DualTimer>();
    device.write32(0xfe0, 0x04);
    device.write32(0xfe4, 0x18);
    if (!identify(device))
        report_failure("an SP804 is none");
    device.write32(0xfe0, 0x31); // the PL031
    if (identify(device))
        report_failure("a PL031 is a dual timer");
}

template <class Delay>
void test(Delay delay) {
    if (!counts_once(delay))
        report_failure("counts_once: delay() failed");
    gives_up(delay);
    sees_that_it_is_gone(delay);
}

} // namespace

int main(int argc, char** argv) {
    int failures = 0;
    const auto print = [&](const char* message) {
        std::printf("FAILED: %s\n", message);
        ++failures;
    };
    static_cast<void>(io::testing::on_failure(print));
    const char* which = argc > 1 ? argv[1] : "";
    if (std::strcmp(which, "nothing") == 0)
        test(nothing);
    else if (std::strcmp(which, "draft") == 0)
        test(draft);
    else
        test(finished);
    other_devices_are_refused();
    std::printf("%d failed\n", failures);
    return (failures == 0) == (argc == 1) ? 0 : 1;
}
