// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: members of a type that is not standard layout
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Base {
    std::uint32_t first;
};
#ifdef IOVIEW_FIXED
struct Device {
    Base base;
#else
struct Device : Base {
#endif
    std::uint32_t second;
};
auto f(io::Mmio<Device> device) {
    return IO_READ(device, second);
}
