// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a part of this value means nothing when it is read
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x0>, io::wo> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
using Value = io::Joined<std::uint64_t, io::low_first, High, Low>;

#ifdef IOVIEW_FIXED
io::Result<> f(io::Mmio<io::Region<0x40>> bar, std::uint64_t value) {
    return io::try_write_joined<Value>(bar, value);
}
#else
io::Result<std::uint64_t> f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_read_joined<Value>(bar);
}
#endif
