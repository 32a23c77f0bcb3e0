// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the bus would end before its PHY
#include <ioview/backend/mdio_phy.hpp>

#include <cstdint>

namespace io = ioview;

struct Mdio {
    io::Result<std::uint16_t> read(unsigned phy, unsigned number);
    io::Result<> write(unsigned phy, unsigned number, std::uint16_t value);
};

auto f() {
#ifdef IOVIEW_FIXED
    Mdio mdio;
    io::MdioPhy phy{mdio, 1};
#else
    io::MdioPhy phy{Mdio{}, 1};
#endif
    return io::on_bus<std::uint16_t[32], io::mdio_format>(phy).at(0).try_read();
}
