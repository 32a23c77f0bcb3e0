// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: give the Devres a name
#include <ioview/resource.hpp>

namespace io = ioview;
struct Device {
    io::DevresList devres;
};
struct Led {
    void on() const noexcept {}
};

void f(Device& device) {
#ifdef IOVIEW_FIXED
    io::Devres<Led, Device> led{device, Led{}};
    if (const auto guard = led.try_access())
        guard->on();
#else
    if (const auto guard = io::Devres<Led, Device>{device, Led{}}.try_access())
        guard->on();
#endif
}
