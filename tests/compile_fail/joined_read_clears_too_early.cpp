// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: reading a part clears what would be lost
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x0>, io::rc> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>, io::ro> {};
#ifdef IOVIEW_FIXED
using Value = io::Joined<std::uint64_t, io::low_first, High, Low>;
#else
using Value = io::Joined<std::uint64_t, io::high_first, High, Low>;
#endif

io::Result<std::uint64_t> f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_read_joined<Value>(bar);
}
