// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this is no format of a bus
#include "register_bus.hpp"

namespace io = ioview;

#ifdef IOVIEW_FIXED
constexpr io::BusFormat format{.address_bits = 7, .read_bits = 0x80};
#else
constexpr io::BusFormat format{.address_bits = 8, .read_bits = 0x80};
#endif

auto f(I2c& bus) {
    return io::on_bus<io::Region<8>, format>(bus).try_read8(0);
}
