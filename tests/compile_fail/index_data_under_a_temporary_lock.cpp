// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the lock would end before its pair; give the lock a name
#include <ioview/backend/index_data.hpp>
#include <ioview/ioview.hpp>

namespace io = ioview;
struct Spin {
    void lock() {}
    void unlock() {}
};

void f(io::Mmio<std::uint8_t> index, io::Mmio<std::uint8_t> data) {
#ifdef IOVIEW_FIXED
    Spin spin;
    const io::IndexData pair{index, data, spin};
#else
    const io::IndexData pair{index, data, Spin{}};
#endif
    static_cast<void>(pair);
}
