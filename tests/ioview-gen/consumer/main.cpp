// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Registers that the build made: the name that the patch gave, and the namespace that CMake did.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <map/board.hpp>

namespace io = ioview;

int main() {
    using board::uart::GainA;
    io::testing::Memory<0x1000> memory;
    const auto uart = memory.view<board::Uart>();
    uart.write(IO_VALUE(GainA, low_end(2)));
    const bool is_written = IO_GET(uart.read<GainA>(), low_end) == 2;
    return board::uart0_base == 0x4000'1000 && is_written ? 0 : 1;
}
