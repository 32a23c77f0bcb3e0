// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: open enumerations are no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
enum Mode : std::uint32_t { off, on };
#else
enum Mode { off, on };
#endif
struct Device {
    Mode mode;
};
auto f(io::Mmio<Device> device) {
    return IO_READ(device, mode);
}
