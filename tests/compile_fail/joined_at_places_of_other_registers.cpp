// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a place for each part of the Joined, in its order
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::array<0x0, 4, 8>> {};
struct Low : io::Register<Low, std::uint32_t, io::array<0x4, 4, 8>> {};
using Value = io::Joined<std::uint64_t, io::low_first, High, Low>;

io::Result<std::uint64_t> f(io::Mmio<io::Region<0x40>> bar) {
#ifdef IOVIEW_FIXED
    return io::try_read_joined<Value>(bar, High::at(1), Low::at(1));
#else
    return io::try_read_joined<Value>(bar, Low::at(1), High::at(1));
#endif
}
