// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: reading what else the block lists at this place has an effect
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

namespace io = ioview;

struct Received : io::Register<Received, std::uint8_t, io::fixed<0x0>, io::rc> {};
struct Divisor : io::Register<Divisor, std::uint8_t, io::fixed<0x0>> {};
struct Uart : io::Region<0x8>, io::Registers<Received, io::overlay<Divisor>> {};

#ifdef IOVIEW_FIXED
auto f(io::Mmio<Uart> bar) {
    return io::try_snapshot<io::with_side_effects<Divisor>>(bar);
}
#else
auto f(io::Mmio<Uart> bar) {
    return io::try_snapshot<Divisor>(bar);
}
#endif
