// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: members of a type that is not standard layout
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Device {
#ifdef IOVIEW_FIXED
    void reset();
#else
    virtual void reset();
#endif
    std::uint32_t word;
};
auto f(io::Mmio<Device> device) {
    return IO_READ(device, word);
}
