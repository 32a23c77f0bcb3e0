// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a snapshot is of registers
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>, io::ro> {};

#ifdef IOVIEW_FIXED
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_snapshot<Status>(bar);
}
#else
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_snapshot<Status, std::uint32_t>(bar);
}
#endif
