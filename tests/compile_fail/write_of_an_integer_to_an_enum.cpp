// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this member takes its own enumeration
#include <ioview/ioview.hpp>

namespace io = ioview;

enum class Mode : std::uint32_t { off, on };
struct Device {
    Mode mode;
};
void f(io::Mmio<Device> device) {
#ifdef IOVIEW_FIXED
    IO_WRITE(device, mode, static_cast<Mode>(1));
#else
    IO_WRITE(device, mode, 1);
#endif
}
