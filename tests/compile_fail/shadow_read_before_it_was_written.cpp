// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: panic
// expect: ioview: a shadow is asked for what was never written
#include <ioview/register/shadow.hpp>

namespace io = ioview;

struct Dor : io::Register<Dor, std::uint8_t, io::fixed<0x2>, io::wo> {
    IO_FIELDS(bit(4, motor_a), bits(1, 0, drive));
};

constexpr Dor held() {
#ifdef IOVIEW_FIXED
    io::Shadow<Dor> dor{Dor{}};
#else
    io::Shadow<Dor> dor;
#endif
    return dor.value();
}
constexpr Dor dor = held();
