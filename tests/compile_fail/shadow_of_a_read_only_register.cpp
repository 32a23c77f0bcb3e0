// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this register is read only
#include <ioview/ioview.hpp>
#include <ioview/register/shadow.hpp>

namespace io = ioview;

struct Dor : io::Register<Dor, std::uint8_t, io::fixed<0x2>, io::ro> {
    IO_FIELDS(bit(4, motor_a), bits(1, 0, drive));
};

void f(io::Mmio<io::Region<8>> ports) {
#ifdef IOVIEW_FIXED
    static_cast<void>(ports.read<Dor>());
#else
    io::Shadow<Dor> dor;
    dor.write(ports, Dor{});
#endif
}
