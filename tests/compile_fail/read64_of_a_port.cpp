// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Ports {
    std::uint64_t wide;
    std::uint32_t narrow;
};
std::uint64_t f(io::PortIo<Ports> ports) {
#ifdef IOVIEW_FIXED
    return IO_READ(ports, narrow);
#else
    return IO_READ(ports, wide);
#endif
}
