// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PL011: transmit, by the driver of the examples.
#include "../../../examples/drivers/pl011.hpp"

#include "board.hpp"

namespace {
constexpr Clock the_clock;
consteval auto uart() {
    return pl011::Driver{device<Pl011>(0x0900'0000),
                         the_clock,
                         io::Timing{std::uint64_t{10}, std::uint64_t{1'000'000}}};
}
int status_of(io::Result<> outcome) {
    return static_cast<int>(outcome.error_or(io::Error{}));
}
} // namespace

extern "C" int uart_put(std::uint8_t c) {
    return status_of(uart().put(c));
}

extern "C" int uart_flush() {
    return status_of(uart().flush());
}

namespace {
std::uint32_t sent;
} // namespace
extern "C" int program() {
    for (const char* c = "ready\n"; *c; ++c) {
        if (const int status = uart_put(static_cast<std::uint8_t>(*c)))
            return status;
        ++sent;
    }
    return uart_flush();
}
