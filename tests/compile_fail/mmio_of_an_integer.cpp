// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an address has no type; from_raw.MmioRaw<T>::at.address
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
#ifdef IOVIEW_FIXED
auto uart = io::Mmio<Uart>::from_raw(io::MmioRaw<Uart>::at(0x0900'0000));
#else
auto uart = io::Mmio<Uart>::from_raw(0x0900'0000);
#endif
