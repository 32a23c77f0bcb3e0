// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The test of another project's driver.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <cstdint>

namespace io = ioview;

struct Uart {
    std::uint32_t data;
    std::uint32_t flags;
};

template <io::IoOf<Uart> View>
constexpr void send(View uart, std::uint32_t c) {
    IO_WRITE(uart, data, c);
}

int main() {
    io::testing::Memory<sizeof(Uart)> memory;
    send(memory.view<Uart>(), 0x41);
    return IO_READ(memory.view<Uart>(), data) == 0x41 ? 0 : 1;
}
