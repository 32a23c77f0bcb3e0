// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this is a register array
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>, io::ro> {};
struct Slot : io::Register<Slot, std::uint32_t, io::array<0x10, 4>> {};

#ifdef IOVIEW_FIXED
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_snapshot<Status, io::element<Slot, 1>>(bar);
}
#else
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_snapshot<Status, Slot>(bar);
}
#endif
