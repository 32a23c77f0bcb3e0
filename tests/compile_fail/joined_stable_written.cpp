// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: io::stable says how to read
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct High : io::Register<High, std::uint32_t, io::fixed<0x0>> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x4>> {};
#ifdef IOVIEW_FIXED
using Value = io::Joined<std::uint64_t, io::high_first, High, Low>;
#else
using Value = io::Joined<std::uint64_t, io::stable, High, Low>;
#endif

void f(io::Mmio<io::Region<0x40>> bar, std::uint64_t value) {
    io::write_joined<Value>(bar, value);
}
