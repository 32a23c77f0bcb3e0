// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (is private within this context|is a private member)
#include <ioview/ioview.hpp>

namespace io = ioview;

class Device {
#ifdef IOVIEW_FIXED
public:
#endif
    std::uint32_t word = 0;
};
auto f(io::Mmio<Device> device) {
    return IO_READ(device, word);
}
