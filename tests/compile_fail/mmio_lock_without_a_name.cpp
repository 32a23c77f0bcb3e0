// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a guard without a name ends at once
// flags: -Werror
#include <ioview/mmio_lock.hpp>

namespace io = ioview;
struct Spin {
    void lock() {}
    void unlock() {}
};

void f(Spin& spin) {
#ifdef IOVIEW_FIXED
    const io::MmioLock guard{spin};
#else
    io::MmioLock{spin};
#endif
}
