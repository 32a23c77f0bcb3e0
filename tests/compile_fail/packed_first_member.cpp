// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: packing leaves this member misaligned
#include <ioview/ioview.hpp>

namespace io = ioview;

struct [[gnu::packed]] Wire { // aligned to 1: the first member lies nowhere in particular
    std::uint32_t value;
    std::uint8_t tag;
    std::uint8_t bytes[4];
};
auto f(io::SysMem<Wire> wire) {
#ifdef IOVIEW_FIXED
    return IO_PROJECT(wire, bytes);
#else
    return IO_PROJECT(wire, value);
#endif
}
