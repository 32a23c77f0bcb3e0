// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a pointer is no value of an access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Device {
    std::uint64_t buffer;
};
void f(io::Mmio<Device> device, char* buffer) {
#ifdef IOVIEW_FIXED
    IO_WRITE(device, buffer, reinterpret_cast<std::uintptr_t>(buffer));
#else
    IO_WRITE(device, buffer, buffer);
#endif
}
