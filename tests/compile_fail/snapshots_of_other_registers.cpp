// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (no matching function for call to|deduced conflicting)
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>, io::ro> {};
struct Errors : io::Register<Errors, std::uint32_t, io::fixed<0x4>> {};

auto f(io::Mmio<io::Region<0x40>> bar) {
    const auto before = io::snapshot<Status>(bar);
#ifdef IOVIEW_FIXED
    const auto after = io::snapshot<Status>(bar);
#else
    const auto after = io::snapshot<Status, Errors>(bar);
#endif
    return io::diff(before, after);
}
