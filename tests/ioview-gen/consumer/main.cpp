// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Registers that the build made: the name that the patch gave, and the namespace that CMake did.
#include <ioview/ioview.hpp>

#include <map/board.hpp>

namespace io = ioview;

alignas(8) static unsigned char memory[0x1000];

int main() {
    const io::SysMem<board::Uart> uart(memory);
    uart.write(IO_VALUE(board::uart::GainA, low_end(2)));
    return board::uart0_base == 0x40001000 && IO_GET(uart.read<board::uart::GainA>(), low_end) == 2
               ? 0
               : 1;
}
