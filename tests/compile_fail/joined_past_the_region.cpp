// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the register ends past the target
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x40>> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
using Value = io::Joined<std::uint64_t, io::low_first, High, Low>;

#ifdef IOVIEW_FIXED
std::uint64_t f(io::Mmio<io::Region<0x44>> bar) {
    return io::read_joined<Value>(bar);
}
#else
std::uint64_t f(io::Mmio<io::Region<0x40>> bar) {
    return io::read_joined<Value>(bar);
}
#endif
