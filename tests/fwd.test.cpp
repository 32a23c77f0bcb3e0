// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A header of a user that names views and includes fwd.hpp alone.
#include <ioview/fwd.hpp>

namespace driver {

struct Pl011;
struct Function;

ioview::Mmio<Pl011> relocate(ioview::Mmio<Pl011> uart);
ioview::RelaxedMmio<Pl011> relax(ioview::Mmio<Pl011> uart);
ioview::WriteCombining<Pl011> frame(ioview::WriteCombining<Pl011> uart);
ioview::SysMem<ioview::le<unsigned>> memory(ioview::SysMem<Pl011> uart);
ioview::IoSysMap<Pl011> either(ioview::IoSysMap<Pl011> uart);
ioview::PortIo<Pl011> port(ioview::PortIo<Pl011> uart);
ioview::Mmio<ioview::Region<0x1000, 4>> bar(ioview::MmioRaw<ioview::Region<0x1000, 4>> raw);
ioview::be<unsigned> tag(ioview::Error error);
std::uintptr_t address(ioview::ConfigSpace<Function, Pl011> config, ioview::IoPtr<Pl011> ptr);
template <class Self>
void any(const ioview::Io<Self, ioview::MmioBackend, Pl011>& io);
using Backends = void(ioview::RelaxedMmioBackend,
                      ioview::WriteCombiningBackend,
                      ioview::SysMemBackend,
                      ioview::IoSysMapBackend,
                      ioview::PortIoBackend,
                      ioview::ConfigSpaceBackend<Function>);

} // namespace driver

// Only now come the definitions, and agree with what was declared.
#include <ioview/ioview.hpp>

#include "support/catch.hpp"

namespace driver {

struct Pl011 {
    std::uint32_t dr;
};
ioview::RelaxedMmio<Pl011> relax(ioview::Mmio<Pl011> uart) {
    return uart.relaxed();
}
ioview::Mmio<ioview::Region<0x1000, 4>> bar(ioview::MmioRaw<ioview::Region<0x1000, 4>> raw) {
    return ioview::Mmio<ioview::Region<0x1000>>::from_raw(raw);
}

} // namespace driver

TEST_CASE("what fwd.hpp declares is what the headers define", "[fwd]") {
    const auto uart =
        ioview::Mmio<driver::Pl011>::from_raw(ioview::MmioRaw<driver::Pl011>::at(0x40));
    CHECK(driver::relax(uart).address() == 0x40);
    const auto raw = ioview::MmioRaw<ioview::Region<0x1000>>::region(0x1000, 0x1000).value();
    CHECK(driver::bar(raw).size_bytes() == 0x1000);
}
