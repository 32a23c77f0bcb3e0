// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a guard keeps its lock until it ends
#include <ioview/mmio_lock.hpp>

namespace io = ioview;
struct Spin {
    void lock() {}
    void unlock() {}
};

void f(Spin& spin) {
    io::MmioLock guard{spin};
#ifndef IOVIEW_FIXED
    Spin other;
    guard = io::MmioLock{other};
#endif
}
