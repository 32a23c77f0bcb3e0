// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this array has no length of its own
// flags: -std=gnu++20
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Header {
    std::uint32_t length;
#ifdef IOVIEW_FIXED
    std::uint8_t data[1][4];
#else
    std::uint8_t data[0][4];
#endif
};
struct Packet {
    Header outer, inner;
};
auto f(io::SysMem<Packet> packet, std::size_t i) {
    return IO_PROJECT(packet, inner.data, at(i), static_at(1));
}
