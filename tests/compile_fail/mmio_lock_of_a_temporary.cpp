// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the lock would end before its guard
#include <ioview/mmio_lock.hpp>

namespace io = ioview;
struct Spin {
    void lock() {}
    void unlock() {}
};

void f() {
#ifdef IOVIEW_FIXED
    Spin spin;
    const io::MmioLock guard{spin};
#else
    const io::MmioLock guard{Spin{}};
#endif
}
