// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an io::stable value may never come to rest
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x0>> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
using Value = io::Joined<std::uint64_t, io::stable, High, Low>;

#ifdef IOVIEW_FIXED
io::Result<std::uint64_t> f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_read_joined<Value>(bar);
}
#else
std::uint64_t f(io::Mmio<io::Region<0x40>> bar) {
    return io::read_joined<Value>(bar);
}
#endif
