// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a pointer is to memory; SysMem<T>::from_pointer
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
auto f(Uart* mapped) {
#ifdef IOVIEW_FIXED
    return io::SysMem<Uart>::from_pointer(mapped);
#else
    return io::Mmio<Uart>::from_raw(mapped);
#endif
}
