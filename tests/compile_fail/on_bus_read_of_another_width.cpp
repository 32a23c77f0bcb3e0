// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no
#include "register_bus.hpp"

namespace io = ioview;

constexpr io::BusFormat words{.register_bytes = 2, .increments = false};

auto f(I2c& bus) {
    const auto regs = io::on_bus<io::Region<8>, words>(bus);
#ifdef IOVIEW_FIXED
    return regs.try_read16(0);
#else
    return regs.try_read8(0);
#endif
}
