// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: reading this register has an effect
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>, io::ro> {};
struct Events : io::Register<Events, std::uint32_t, io::fixed<0x4>, io::rc> {};

#ifdef IOVIEW_FIXED
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_snapshot<Status, io::with_side_effects<Events>>(bar);
}
#else
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_snapshot<Status, Events>(bar);
}
#endif
