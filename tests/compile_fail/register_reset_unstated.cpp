// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this register states no reset value; add io::reset<value> behind its location
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>, io::reset<0x12>> {
#else
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
#endif
    IO_FIELDS(bits(3, 0, mode));
};

void start(io::Mmio<io::Region<0x100>> device) {
    device.write(Control::reset().with_mode(3));
}
