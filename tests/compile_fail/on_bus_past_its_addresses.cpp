// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the addresses of this bus do not reach as far as the target goes
#include "register_bus.hpp"

namespace io = ioview;

#ifdef IOVIEW_FIXED
constexpr io::BusFormat eeprom{.address_bits = 16};
#else
constexpr io::BusFormat eeprom{};
#endif

auto f(I2c& bus) {
    return io::on_bus<io::Region<0x1000>, eeprom>(bus).try_read8(0x100);
}
