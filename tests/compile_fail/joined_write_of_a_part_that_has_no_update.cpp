// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a part is written by an update, and this register has none
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x0>> {
#ifdef IOVIEW_FIXED
    IO_FIELDS(bits(15, 8, mode), bits(7, 0, address));
#else
    IO_FIELDS(bits(15, 8, key, io::wo), bits(7, 0, address));
#endif
};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
using Value = io::Joined<std::uint64_t, io::low_first, IO_PART(High, address), Low>;

io::Result<> f(io::Mmio<io::Region<0x40>> bar, std::uint64_t value) {
    return io::try_write_joined<Value>(bar, value);
}
