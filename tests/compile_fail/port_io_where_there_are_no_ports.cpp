// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
// target: aarch64
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Ns16550 {
    std::uint8_t thr;
};
#ifdef IOVIEW_FIXED
void f(io::Mmio<Ns16550> com1) {
#else
void f(io::PortIo<Ns16550> com1) {
#endif
    IO_WRITE(com1, thr, 'A');
}
