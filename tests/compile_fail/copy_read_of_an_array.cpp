// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: no function returns an array or a region
#include <ioview/ioview.hpp>

#include <array>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Mac = std::array<std::uint8_t, 6>;
#else
using Mac = std::uint8_t[6];
#endif
struct Device {
    Mac mac;
};
auto f(io::Mmio<Device> device) {
    return IO_PROJECT(device, mac).copy_read();
}
