// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
// target: aarch64
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
std::uint8_t f(io::Mmio<io::Region<8>> com1) {
#else
std::uint8_t f(io::PortIo<io::Region<8>> com1) {
#endif
    return com1.read8(5);
}
