// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this is no bus of registers
#include "register_bus.hpp"

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Bus = I2c;
#else
struct Bus {
    int read(int address, std::byte* to, int bytes);
};
#endif

auto f(Bus& bus) {
    return io::on_bus<io::Region<8>>(bus).try_read8(0);
}
