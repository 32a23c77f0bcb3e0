// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: give the guard a name
#include <ioview/resource.hpp>

namespace io = ioview;
struct Device {
    io::DevresList devres;
};
struct Led {
    void on() const noexcept {}
};

void f(io::Devres<Led, Device>& led) {
#ifdef IOVIEW_FIXED
    if (const auto guard = led.try_access())
        guard->on();
#else
    led.try_access()->on();
#endif
}
