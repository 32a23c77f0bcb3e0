// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: reading this register consumes an io::rc field
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Port : io::Register<Port, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(23, 16, events, io::rc), bits(15, 8, mode));
};
struct PortMode : io::Register<PortMode, std::uint32_t, io::alias<Port>> {
    IO_FIELDS(bits(15, 8, mode));
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.write(PortMode{}.with_mode(1));
#else
    bar.update<PortMode>([](PortMode r) { return r.with_mode(1); });
#endif
}
