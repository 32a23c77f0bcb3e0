// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this register has no location; give its shadow a view of it
#include <ioview/ioview.hpp>
#include <ioview/register/shadow.hpp>

namespace io = ioview;

struct Dor : io::Register<Dor, std::uint8_t, io::unlocated, io::wo> {
    IO_FIELDS(bit(4, motor_a), bits(1, 0, drive));
};

struct Ports {
    std::uint8_t pad[2];
    Dor dor;
};

void f(io::Mmio<Ports> ports) {
    io::Shadow<Dor> dor;
#ifdef IOVIEW_FIXED
    dor.write(IO_PROJECT(ports, dor), Dor{}.with_drive(1u));
#else
    dor.write(ports, Dor{}.with_drive(1u));
#endif
}
