// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a step is a pointer to a data member, or an index
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Device {
    std::uint32_t word;
    std::uint32_t value() const;
};
auto f(io::Mmio<Device> device) {
#ifdef IOVIEW_FIXED
    return io::project(device, &Device::word);
#else
    return io::project(device, &Device::value);
#endif
}
