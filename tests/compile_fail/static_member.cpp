// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: static
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Device {
    std::uint32_t word;
    static std::uint32_t count;
};
auto f(io::Mmio<Device> device) {
#ifdef IOVIEW_FIXED
    return IO_READ(device, word);
#else
    return IO_READ(device, count);
#endif
}
