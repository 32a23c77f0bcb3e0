// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: packing leaves this member misaligned
#include <ioview/ioview.hpp>

namespace io = ioview;

struct [[gnu::packed]] alignas(4) Wire { // and yet the member is at 1
    std::uint8_t tag;
    std::uint32_t value;
    std::uint8_t bytes[4];
};
auto f(io::SysMem<Wire> wire) {
#ifdef IOVIEW_FIXED
    return IO_PROJECT(wire, bytes);
#else
    return IO_PROJECT(wire, value);
#endif
}
