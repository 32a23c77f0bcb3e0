// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_constant_is_too_wide_for_its_bits
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint16_t, io::fixed<0x0>> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
using Value = io::Joined<std::uint64_t, io::low_first, High, Low>;

void f(io::Mmio<io::Region<0x40>> bar) {
#ifdef IOVIEW_FIXED
    io::write_joined<Value>(bar, 0x0'ffff'ffff'ffff);
#else
    io::write_joined<Value>(bar, 0x1'0000'0000'0000);
#endif
}
