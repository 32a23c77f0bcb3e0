// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// QEMU's sifive_u, without firmware, on its first hart: its UARTs, by a driver on generated
// registers.
#include "../checks/fu740_uart.hpp"
#include "../support/image.hpp"

namespace hardware {
namespace {

constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000'000}};
constexpr fu740::UartConfig config{.clock_hz = 130'000'000, .baud = 115'200};

auto uart() {
    return mmio<fu740::Uart>(fu740::uart0_base);
}
auto other() {
    return fu740::UartDriver{mmio<fu740::Uart>(fu740::uart1_base), clock, timing};
}
auto console() {
    return fu740::UartDriver{uart(), clock, timing};
}

} // namespace
} // namespace hardware

namespace board {

std::uint64_t microseconds() noexcept {
    return mmio<io::Region<0xc000, 8>>(0x200'0000).read64(0xbff8); // mtime of the CLINT: 1 MHz
}

void put(char c) noexcept {
    static_cast<void>(hardware::console().put(static_cast<std::uint8_t>(c)));
}

// By semihosting: SYS_EXIT_EXTENDED, 0x20, with ADP_Stopped_ApplicationExit and the status.
void leave(int status) noexcept {
    const std::uint64_t parameters[] = {0x2'0026, static_cast<std::uint64_t>(status)};
    register std::uint64_t operation asm("a0") = 0x20;
    register const std::uint64_t* at asm("a1") = parameters;
    for (;;) {
        asm volatile(".option push\n"
                     ".option norvc\n"
                     ".balign 16\n" // the three are in one page
                     "slli zero, zero, 0x1f\n"
                     "ebreak\n"
                     "srai zero, zero, 7\n"
                     ".option pop"
                     : "+r"(operation)
                     : "r"(at)
                     : "memory");
    }
}

} // namespace board

int main() {
    using namespace hardware;
    static_cast<void>(console().init(config));
    Report report{board::put};
    check_fu740_uart(report, uart(), console(), 1'127);
    check_fu740_uart_line(report, other(), config, clock);
    report.check("cpu", "keeps memory and devices in order", keeps_order);
    return report.finish();
}
