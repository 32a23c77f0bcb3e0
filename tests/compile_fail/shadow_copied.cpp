// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a register has one shadow; move it, or pass a reference
#include <ioview/ioview.hpp>
#include <ioview/register/shadow.hpp>

namespace io = ioview;

struct Dor : io::Register<Dor, std::uint8_t, io::fixed<0x2>, io::wo> {
    IO_FIELDS(bit(4, motor_a), bits(1, 0, drive));
};

#ifdef IOVIEW_FIXED
void select(io::Mmio<io::Region<8>> ports, io::Shadow<Dor>& dor) {
#else
void select(io::Mmio<io::Region<8>> ports, io::Shadow<Dor> dor) {
#endif
    dor.write(ports, Dor{}.with_drive(1u));
}
void f(io::Mmio<io::Region<8>> ports, io::Shadow<Dor>& dor) {
    select(ports, dor);
}
