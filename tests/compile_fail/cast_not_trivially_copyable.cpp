// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a cast needs plain data on both sides
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Descriptor {
    std::uint32_t address;
#ifndef IOVIEW_FIXED
    Descriptor(const Descriptor& other) : address(other.address) {}
#endif
};
template <>
inline constexpr bool io::enable_plain_data<Descriptor> = true;
auto f(io::SysMem<io::Region<64>> ram) {
    return ram.cast<Descriptor>();
}
