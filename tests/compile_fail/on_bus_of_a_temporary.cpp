// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the bus would end before its view; give the bus a name
#include "register_bus.hpp"

namespace io = ioview;

auto f() {
#ifdef IOVIEW_FIXED
    I2c bus;
    return io::on_bus<io::Region<8>>(bus).try_read8(0);
#else
    return io::on_bus<io::Region<8>>(I2c{}).try_read8(0);
#endif
}
