// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this register is read only \(io::ro\)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Bar : io::Region<0x40, 8> {};
struct Capabilities : io::Register<Capabilities, std::uint64_t, io::fixed<0x00, Bar>, io::ro> {
    IO_FIELDS(bits(15, 0, entries));
};
struct Queue : io::Register<Queue, std::uint64_t, io::fixed<0x28, Bar>> {
    IO_FIELDS(unshifted(63, 12, address));
};

void f(io::Mmio<Bar> bar) {
#ifdef IOVIEW_FIXED
    static_cast<void>(io::try_write_lo_hi(bar.view_of<Queue>(), Queue{}));
#else
    static_cast<void>(io::try_write_lo_hi(bar.view_of<Capabilities>(), Capabilities{}));
#endif
}
