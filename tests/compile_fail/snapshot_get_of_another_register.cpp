// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this register is not in the snapshot
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>, io::ro> {};
struct Errors : io::Register<Errors, std::uint32_t, io::fixed<0x4>> {};

#ifdef IOVIEW_FIXED
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::snapshot<Status, Errors>(bar).get<Errors>();
}
#else
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::snapshot<Status>(bar).get<Errors>();
}
#endif
