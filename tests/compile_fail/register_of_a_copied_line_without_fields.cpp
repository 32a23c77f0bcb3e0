// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the first argument of io::Register is the class that it is a base of
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
#ifdef IOVIEW_FIXED
struct Kick : io::Register<Kick, std::uint32_t, io::fixed<0x20>> {};
#else
struct Kick : io::Register<Control, std::uint32_t, io::fixed<0x20>> {};
#endif

void f(io::Mmio<io::Region<0x100>> bar) {
    bar.write(Kick::from_raw(1));
}
