// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the register ends past the
// lines: 30: clang 14 says once more that what it refused is incomplete, with the macro again
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x100>> {
    IO_FIELDS(bits(6, 4, mode), bit(0, enable));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    IO_MODIFY((io::Mmio<io::Region<0x104>>::from_raw(
                  io::MmioRaw<io::Region<0x104>>::region(0x1000, 0x104).value())),
              Control,
              mode(7));
#else
    IO_MODIFY(bar, Control, mode(7));
#endif
}
