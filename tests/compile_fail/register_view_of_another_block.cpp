// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the register belongs to another device's block
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart : io::Region<0x100> {};
struct Timer : io::Region<0x100> {};
struct Flags : io::Register<Flags, std::uint32_t, io::fixed<0x18, Uart>> {
    IO_FIELDS(bit(5, full));
};

auto f([[maybe_unused]] io::Mmio<Uart> uart, [[maybe_unused]] io::Mmio<Timer> bar) {
#ifdef IOVIEW_FIXED
    return uart.view_of<Flags>();
#else
    return bar.view_of<Flags>();
#endif
}
