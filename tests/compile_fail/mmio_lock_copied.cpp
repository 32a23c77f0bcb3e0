// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a lock is released once, by one guard
#include <ioview/mmio_lock.hpp>

namespace io = ioview;
struct Spin {
    void lock() {}
    void unlock() {}
};

void f(Spin& spin) {
    const io::MmioLock guard{spin};
#ifdef IOVIEW_FIXED
    const auto& again = guard;
#else
    const auto again = guard;
#endif
    static_cast<void>(again);
}
