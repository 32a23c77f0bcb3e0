// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: reading a part clears what would be lost
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x0>> {
    IO_FIELDS(bit(31, event, io::rc), bits(7, 0, address));
};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
struct Quiet : io::Register<Quiet, std::uint32_t, io::fixed<0x8>> {
    IO_FIELDS(bits(7, 0, address));
};
#ifdef IOVIEW_FIXED
using Value = io::Joined<std::uint64_t, io::low_first, IO_PART(Quiet, address), Low>;
#else
using Value = io::Joined<std::uint64_t, io::low_first, IO_PART(High, address), Low>;
#endif

io::Result<std::uint64_t> f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_read_joined<Value>(bar);
}
