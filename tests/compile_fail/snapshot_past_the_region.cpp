// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the register ends past the target
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>, io::ro> {};
struct Far : io::Register<Far, std::uint32_t, io::fixed<0x40>> {};

#ifdef IOVIEW_FIXED
auto f(io::Mmio<io::Region<0x44>> bar) {
    return io::snapshot<Status, Far>(bar);
}
#else
auto f(io::Mmio<io::Region<0x40>> bar) {
    return io::snapshot<Status, Far>(bar);
}
#endif
