// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The driver of a dual timer, over a serial line: the other end of a socket is an FPGA that is
// simulated.
#include "uart_bridge.hpp"

#include <ioview/testing.hpp>

#include "drivers/dual_timer.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <sys/socket.h>
#include <thread>

namespace {

using namespace dual_timer;
constexpr std::uintptr_t base = 0x4000'2000;

// [fpga]
// Answers frames until the line is closed. The timer in it has expired at the third look.
void fpga(Line line) {
    io::testing::Device device{0x1000};
    device.reg("PeriphID0", 0xfe0).holds(0x04);
    device.reg("PeriphID1", 0xfe4).holds(0x18);
    for (const std::size_t timer : {0x00u, 0x20u}) {
        device.reg("Load", timer + 0x00);
        device.reg("Control", timer + 0x08).holds(0x20);
        device.reg("IntClr", timer + 0x0c);
        device.reg("RIS", timer + 0x10).on_read(io::testing::ready_after(2, 1));
    }
    const auto registers = device.view<io::Region<0x1000>>();
    std::array<std::uint8_t, 2> command{};
    std::array<std::uint8_t, 4> word{};
    while (line.receive(command) && line.receive(word)) {
        const std::size_t offset = word_of(word) * 4 - base;
        if (command[0] == 2)
            static_cast<void>(
                line.send(bytes_of(registers.try_read32(offset).value_or(0xdead'beef))));
        else if (line.receive(word))
            static_cast<void>(registers.try_write32(offset, word_of(word)));
    }
}
// [/fpga]

struct Clock {
    unsigned us = 0;
    unsigned now() const { return us; }
    void sleep_for(unsigned time) { us += time; }
};

template <class T>
void say(const char* what, const io::Result<T>& result) {
    std::printf("%s: %s\n", what, result ? "done" : io::to_string(result.error()));
}

} // namespace

// [use]
int main() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return 1;
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN)); // a line without an other end is an error
    Line line{ends[0]};
    std::thread other_end{fpga, Line{ends[1]}};

    const UartBridgeView<DualTimer> device{line, {base, {0x1000}}};
    const auto second = device.subview<Timer>(0x20);
    Clock clock;
    say("identified", identify(device));
    say("2500 ticks", delay(second, 2'500, clock));
    std::printf("it slept for %u us\n", clock.us);
    std::printf("control: 0x%x\n", second.read<Control>().raw());

    ::shutdown(ends[0], SHUT_RDWR); // the cable is pulled out
    other_end.join();
    say("2500 ticks", delay(second, 2'500, clock));
    say("try_read", second.try_read<Control>());
}
// [/use]
