// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a part of a Joined is a register
#include <ioview/ioview.hpp>
#include <ioview/register/field_array.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x0>> {
    IO_FIELDS(array(31, 16, lane, 4), bits(15, 0, address));
};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
#ifdef IOVIEW_FIXED
using Value = io::Joined<std::uint64_t, io::low_first, IO_PART(High, address), Low>;
#else
using Value = io::Joined<std::uint64_t, io::low_first, IO_PART(High, lane), Low>;
#endif

io::Result<std::uint64_t> f(io::Mmio<io::Region<0x40>> bar) {
    return io::try_read_joined<Value>(bar);
}
