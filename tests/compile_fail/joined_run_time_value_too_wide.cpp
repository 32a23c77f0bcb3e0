// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: run_time_values_go_through_try_new_or_Bounded_masked
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint16_t, io::fixed<0x0>> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
using Value = io::Joined<std::uint64_t, io::low_first, High, Low>;

#ifdef IOVIEW_FIXED
io::Result<> f(io::Mmio<io::Region<0x40>> bar, std::uint64_t address) {
    return io::try_write_joined<Value>(bar, address);
}
#else
void f(io::Mmio<io::Region<0x40>> bar, std::uint64_t address) {
    io::write_joined<Value>(bar, address);
}
#endif
