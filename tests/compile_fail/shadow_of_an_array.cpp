// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this is a register array; name an element
#include <ioview/ioview.hpp>
#include <ioview/register/shadow.hpp>

namespace io = ioview;

struct Dor : io::Register<Dor, std::uint8_t, io::array<0x2, 4>, io::wo> {
    IO_FIELDS(bit(4, motor_a), bits(1, 0, drive));
};

void f(io::Mmio<io::Region<8>> ports) {
#ifdef IOVIEW_FIXED
    io::Shadow dor{Dor::at(1)};
#else
    io::Shadow<Dor> dor;
#endif
    dor.write(ports, Dor{}.with_drive(1u));
}
