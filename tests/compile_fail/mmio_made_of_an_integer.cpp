// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an address is no view; Mmio<T>::from_raw.MmioRaw<T>::at.address
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
#ifdef IOVIEW_FIXED
io::Mmio<Uart> uart = io::Mmio<Uart>::from_raw(io::MmioRaw<Uart>::at(0x0900'0000));
#else
io::Mmio<Uart> uart{0x0900'0000};
#endif
