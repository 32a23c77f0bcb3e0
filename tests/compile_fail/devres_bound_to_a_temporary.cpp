// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the token would outlive its device
#include <ioview/resource.hpp>

namespace io = ioview;
struct Device {
    io::DevresList devres;
};

bool f(const io::Bound<Device>& other) {
#ifdef IOVIEW_FIXED
    const Device device;
    const io::Bound<Device> bound{device};
#else
    const io::Bound<Device> bound{Device{}};
#endif
    return &bound.device() == &other.device();
}
